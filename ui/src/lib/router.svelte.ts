// Where we are, as a hash: #/today, #/child/7K2M…, #/child/7K2M…/history. No child's name is ever in it.
function read(): string[] {
  return location.hash.replace(/^#\/?/, "").split("/").filter(Boolean);
}

let parts = $state(read());
addEventListener("hashchange", () => (parts = read()));

export const route = {
  get name(): string {
    return parts[0] ?? "today";
  },
  get id(): string {
    return parts[1] ?? "";
  },
  get tab(): string {
    return parts[2] ?? "";
  },
  get more(): string {
    return parts[3] ?? "";
  },
};

export function go(to: string): void {
  location.hash = `#/${to}`;
}
