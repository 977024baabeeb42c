import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Each folder of src and those it may import from: the arrows of the architecture. */
const arrows = {
  ncloud: [],
  ssh: [],
  healthPage: [],
  accounts: ["ncloud"],
  changes: ["ncloud", "ssh"],
  inventory: ["ncloud", "ssh"],
  report: ["inventory", "ncloud", "ssh"],
  session: ["report", "inventory", "accounts", "ncloud", "ssh"],
  assistant: ["session", "report", "inventory", "accounts", "ncloud"],
  ui: [
    "healthPage",
    "assistant",
    "session",
    "report",
    "inventory",
    "changes",
    "accounts",
    "ncloud",
    "ssh",
  ],
  sidebar: ["ui", "session", "report", "inventory", "accounts", "ncloud"],
  commands: ["ui", "session", "report", "inventory", "changes", "accounts", "ncloud", "ssh"],
};

const vscodeAsTypeOnly = {
  name: "vscode",
  message:
    "Only sidebar, ui, composition.ts and extension.ts use vscode at run time; import its types instead.",
  allowTypeImports: true,
};

const againstTheArrows = "This import points against the architecture's arrows.";

const namedErrors = {
  // The log tells errors apart by name.
  selector:
    "ClassDeclaration[superClass.name=/Error$/]:not(:has(PropertyDefinition[key.name='name']))",
  message: "Give the error its `name`: that of its class is lost in the minified bundle.",
};

/** What `import()` may not name: the rule for imports does not see it. */
function lazyImports(pattern, message) {
  // A selector takes no slash within a pattern.
  const value = pattern.replaceAll("/", "\\u002F");
  return [
    { selector: `ImportExpression[source.value=/${value}/]`, message },
    {
      selector: "ImportExpression[source.type!='Literal']",
      message: "Name the module as it is, so that lint can tell where the import leads.",
    },
  ];
}

/** What the files of a folder may not import. */
function boundary(folder, { vscode = "type", packages = [], files = [`src/${folder}/**`] }) {
  const paths = [...packages];
  if (vscode === "type") paths.push(vscodeAsTypeOnly);
  if (vscode === "never")
    paths.push({ name: "vscode", message: "This folder does not know the editor." });
  const forbidden = Object.keys(arrows).filter(
    (other) => other !== folder && !arrows[folder].includes(other),
  );
  return {
    files,
    rules: {
      "no-restricted-syntax": [
        "error",
        namedErrors,
        ...lazyImports(
          `^(${paths.map(({ name }) => name).join("|")})$|(^|/)(test|out|dist|${forbidden.join("|")})/`,
          againstTheArrows,
        ),
      ],
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          paths,
          patterns: [
            { regex: "(^|/)(test|out|dist)/", message: "src knows nothing of its tests." },
            {
              regex: `(^|/)(${forbidden.join("|")})/`,
              message: againstTheArrows,
            },
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
      "no-restricted-syntax": ["error", namedErrors],
      eqeqeq: "error",
    },
  },
  boundary("ncloud", { vscode: "never", packages: [nodeFetch, ...fileSystem] }),
  boundary("ncloud", {
    vscode: "never",
    packages: fileSystem,
    files: ["src/ncloud/nodeFetchTransport.ts"],
  }),
  boundary("ssh", { vscode: "never", packages: [nodeFetch, ...fileSystem] }),
  boundary("ssh", {
    vscode: "never",
    packages: [nodeFetch],
    files: ["src/ssh/sshDirectory.ts", "src/ssh/sshKeygen.ts"],
  }),
  boundary("accounts", { packages: [nodeFetch] }),
  boundary("changes", { vscode: "never", packages: [nodeFetch, ...fileSystem] }),
  boundary("inventory", { vscode: "never", packages: [nodeFetch, ...fileSystem] }),
  boundary("report", { vscode: "never", packages: [nodeFetch, ...fileSystem] }),
  boundary("session", { vscode: "never", packages: [nodeFetch] }),
  boundary("assistant", { vscode: "never", packages: [nodeFetch, ...fileSystem] }),
  boundary("ui", { vscode: "run", packages: [nodeFetch] }),
  boundary("sidebar", { vscode: "run", packages: [nodeFetch] }),
  boundary("commands", { packages: [nodeFetch] }),
  {
    files: ["src/healthPage/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        namedErrors,
        ...lazyImports("^(?!\\./)", "The page runs in a browser and knows only itself."),
      ],
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
  {
    files: ["test/**/*.ts"],
    rules: {
      "no-console": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
