/**
 * Where the focus is after a change of screen: on the new screen, so that the keyboard goes on there and a
 * screen reader begins there. A screen that puts it somewhere itself is left alone. The same where a screen
 * stays, and what had the focus goes with its answer.
 */

/** Whether a screen followed another one; the first one leaves the focus to the browser. */
let hasChanged = false;

const screen = () => document.querySelector<HTMLElement>('main');

/** On no control: at the page, or at the screen as a whole. */
const isNowhere = (): boolean => document.activeElement?.matches('body, main') ?? true;

/** Goes to the screen, unless something on it has the focus already. */
export function focusScreen(main: HTMLElement | null): void {
	if (hasChanged && isNowhere()) main?.focus({ preventScroll: true });
}

/** The screen has changed. */
export function screenChanged(): void {
	hasChanged = true;
	focusScreen(screen());
}

/**
 * From now on a control that is taken away gives its focus to the sheet or screen that it was on.
 * @returns what ends it
 */
export function keepFocus(): () => void {
	let last: EventTarget | null = null;
	const note = ({ target }: FocusEvent): void => {
		last = target;
	};
	const changes = new MutationObserver(() => {
		if (!(last instanceof Element) || last.isConnected) return;
		last = null;
		const place = document.querySelector<HTMLElement>('dialog:modal') ?? screen();
		if (document.activeElement === document.body) place?.focus({ preventScroll: true });
	});
	document.addEventListener('focusin', note);
	changes.observe(document.body, { childList: true, subtree: true });
	return () => {
		document.removeEventListener('focusin', note);
		changes.disconnect();
	};
}
