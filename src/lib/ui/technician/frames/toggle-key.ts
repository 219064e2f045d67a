/** The key that opens and closes the frame log, where nobody is typing. */

/** Of a keyboard event, what is used here. */
export interface Press {
	readonly key: string;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly altKey: boolean;
	readonly repeat: boolean;
	readonly defaultPrevented: boolean;
}

const TYPING = ['INPUT', 'TEXTAREA', 'SELECT'];

/** @param target what has the focus */
export function isToggleKey(press: Press, target: unknown): boolean {
	if (press.key.toLowerCase() !== 'l' || press.repeat || press.defaultPrevented) return false;
	if (press.ctrlKey || press.metaKey || press.altKey) return false;
	const { tagName, isContentEditable } = (target ?? {}) as Partial<HTMLElement>;
	return !isContentEditable && !TYPING.includes(tagName ?? '');
}
