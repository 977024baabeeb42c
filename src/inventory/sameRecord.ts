/** Whether two flat records have the same values. */
export function isSameRecord<T extends object>(a: T, b: T): boolean {
  return Object.entries(a).every(([name, value]) => value === b[name as keyof T]);
}

export function isSameList<T extends object>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => isSameRecord(item, b[index]!));
}
