import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Forbids imports that would turn an arrow of the architecture around. */
function mayNotImport(folders, message) {
  return folders.map((folder) => ({ regex: `(^|/)${folder}/`, message }));
}

const vscodeAsTypeOnly = {
  name: "vscode",
  message: "Only sidebar, ui and extension.ts use vscode at run time; import its types instead.",
  allowTypeImports: true,
};

/** Folders that few may import, with who may. */
const importedBy = {
  report: /^src\/(commands|sidebar|ui)\//,
  // Of the page only what it and the extension say to each other, which are types.
  healthPage: /^src\/ui\//,
};

/** One entry a folder of src: what it may not import. */
function boundary(files, { folders: forbidden = [], vscode = "type", packages = [] }) {
  const closed = Object.keys(importedBy).filter(
    (folder) => !files.some((file) => importedBy[folder].test(file)),
  );
  const folders = [...forbidden, ...closed];
  const paths = [...packages];
  if (vscode === "type") paths.push(vscodeAsTypeOnly);
  if (vscode === "never")
    paths.push({ name: "vscode", message: "This folder does not know the editor." });
  return {
    files,
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          paths,
          patterns: [
            ...mayNotImport(["test", "out", "dist"], "src knows nothing of its tests."),
            ...mayNotImport(folders, "This import points against the architecture's arrows."),
          ],
        },
      ],
    },
  };
}

const fileSystem = ["fs", "fs/promises", "os", "child_process"].map((name) => ({
  name: `node:${name}`,
  message: "This folder is pure: no file system, no processes.",
}));
const nodeFetch = { name: "node-fetch", message: "Only nodeFetchTransport.ts speaks HTTP." };

export default defineConfig(
  globalIgnores(["dist/", "out/"]),
  js.configs.recommended,
  {
    files: ["**/*.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-restricted-imports": "error",
      "no-console": "error",
      // Two lists of the same length are walked side by side; an index into the second is in bounds.
      "@typescript-eslint/no-non-null-assertion": "off",
      complexity: ["error", 12],
      eqeqeq: "error",
    },
  },
  boundary(["src/ncloud/**"], {
    vscode: "never",
    folders: ["ssh", "accounts", "inventory", "session", "commands", "sidebar", "ui"],
    packages: [nodeFetch, ...fileSystem],
  }),
  boundary(["src/ncloud/nodeFetchTransport.ts"], {
    vscode: "never",
    folders: ["ssh", "accounts", "inventory", "session", "commands", "sidebar", "ui"],
    packages: fileSystem,
  }),
  boundary(["src/ssh/**"], {
    vscode: "never",
    folders: ["ncloud", "accounts", "inventory", "session", "commands", "sidebar", "ui"],
    packages: [nodeFetch, ...fileSystem],
  }),
  boundary(["src/ssh/sshDirectory.ts"], {
    vscode: "never",
    folders: ["ncloud", "accounts", "inventory", "session", "commands", "sidebar", "ui"],
    packages: [nodeFetch],
  }),
  boundary(["src/accounts/**"], {
    folders: ["ssh", "inventory", "session", "commands", "sidebar", "ui"],
    packages: [nodeFetch],
  }),
  boundary(["src/inventory/**"], {
    vscode: "never",
    folders: ["accounts", "session", "commands", "sidebar", "ui"],
    packages: [nodeFetch, ...fileSystem],
  }),
  boundary(["src/session/**"], {
    vscode: "never",
    folders: ["commands", "sidebar", "ui"],
    packages: [nodeFetch],
  }),
  boundary(["src/commands/**"], { folders: ["sidebar"], packages: [nodeFetch] }),
  boundary(["src/ui/**"], {
    vscode: "run",
    folders: ["commands", "sidebar"],
    packages: [nodeFetch],
  }),
  boundary(["src/report/**"], {
    vscode: "never",
    folders: ["accounts", "session", "commands", "sidebar", "ui", "changes"],
    packages: [nodeFetch, ...fileSystem],
  }),
  {
    files: ["src/healthPage/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^(?!\\./)", message: "The page runs in a browser and knows only itself." },
          ],
        },
      ],
    },
  },
  boundary(["src/sidebar/**"], { vscode: "run", folders: ["commands"], packages: [nodeFetch] }),
  {
    files: ["test/**/*.ts"],
    rules: {
      "no-console": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
