/**
 * Takes her to the first field that is wrong: on a phone it may lie several screens above the button that she pressed, and then
 * nothing seems to happen. For the handler of a form, after the state that marks the fields.
 */
export function focusFirstWrong(form: HTMLFormElement): void {
  // The fields are marked when the state is drawn.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus()),
  );
}
