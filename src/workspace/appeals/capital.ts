/** With a capital at the beginning: words of the domain are written as they stand within a sentence. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
