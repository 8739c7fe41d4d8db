/** In fours, as it stands on a card: read out on the telephone it is heard right, and a narrow screen can break it. */
export function accountNumber(number: string): string {
  return /^[A-Z0-9]{12,}$/u.test(number) ? number.replaceAll(/(.{4})(?=.)/gu, "$1 ") : number;
}
