/** What is done to one field of a right answer. */
export interface Damage {
  /** Such as `keyList[2].title`. */
  readonly path: string;
  readonly how: "missing" | "replaced" | "doubledBefore" | "doubledAfter";
  /** JSON text that goes where the field's value was, or beside it under the same name. */
  readonly junk: string;
}

/** JSON text of a value, with damage done to one of its fields. */
export function withDamage(value: unknown, damage: Damage, path = ""): string {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => withDamage(item, damage, `${path}[${index}]`));
    return `[${items.join()}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).flatMap(([name, child]) => {
    const childPath = path === "" ? name : `${path}.${name}`;
    const right = `${JSON.stringify(name)}:${withDamage(child, damage, childPath)}`;
    return childPath === damage.path ? damaged(name, right, damage) : [right];
  });
  return `{${fields.join()}}`;
}

function damaged(name: string, right: string, { how, junk }: Damage): string[] {
  const wrong = `${JSON.stringify(name)}:${junk}`;
  switch (how) {
    case "missing":
      return [];
    case "replaced":
      return [wrong];
    case "doubledBefore":
      return [wrong, right];
    case "doubledAfter":
      return [right, wrong];
  }
}

/** What a reader finds in the damaged field; undefined: what was there, or nothing. */
export function valueFound({ how, junk }: Damage): { readonly value: unknown } | "right" {
  if (how === "missing") return { value: undefined };
  // Of two fields of one name the last counts.
  return how === "doubledBefore" ? "right" : { value: JSON.parse(junk) as unknown };
}
