/** Members who signed in on this device and allowed it to remember their number. Never a name, never a secret. */
const storageKey = "aigaq-members";

export function rememberedMembers(): readonly string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(list) ? list.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** The latest first. */
export function remember(member: string): void {
  keep([member, ...rememberedMembers().filter((one) => one !== member)].slice(0, 9));
}

export function forget(member: string): void {
  keep(rememberedMembers().filter((one) => one !== member));
}

function keep(members: readonly string[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(members));
  } catch {
    // A browser that keeps nothing asks for the number next time.
  }
}
