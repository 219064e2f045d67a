/** The device's own way to hand a text to another app. */

/** `absent`: this browser has none, so the caller copies instead. */
export type Shared = 'shared' | 'dismissed' | 'absent';

export async function shareText(text: string): Promise<Shared> {
	if (typeof navigator.share !== 'function') return 'absent';
	try {
		await navigator.share({ text });
		return 'shared';
	} catch (cause) {
		return cause instanceof DOMException && cause.name === 'AbortError' ? 'dismissed' : 'absent';
	}
}
