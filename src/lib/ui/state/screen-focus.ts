/**
 * Where the focus is after a change of screen: on the new screen, so that the keyboard goes on there and a
 * screen reader begins there. A screen that puts it somewhere itself is left alone.
 */

/** Whether a screen followed another one; the first one leaves the focus to the browser. */
let hasChanged = false;

/** On no control: at the page, or at the screen as a whole. */
const isNowhere = (): boolean => document.activeElement?.matches('body, main') ?? true;

/** Goes to the screen, unless something on it has the focus already. */
export function focusScreen(main: HTMLElement | null): void {
	if (hasChanged && isNowhere()) main?.focus({ preventScroll: true });
}

/** The screen has changed. */
export function screenChanged(): void {
	hasChanged = true;
	focusScreen(document.querySelector<HTMLElement>('main'));
}
