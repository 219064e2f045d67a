/** The browser's offer to install the app, kept until a person asks for it. */

/** Not in the standard library of types: Chromium only. */
interface InstallPromptEvent extends Event {
	prompt(): Promise<unknown>;
}

/**
 * Waits for the browser's offer.
 * @param onOffer given what shows the browser's own question; null when there is nothing (more) to ask
 * @returns ends the waiting
 */
export function watchInstallPrompt(
	onOffer: (ask: (() => Promise<void>) | null) => void,
): () => void {
	const keep = (event: Event) => {
		event.preventDefault();
		onOffer(async () => {
			onOffer(null);
			await (event as InstallPromptEvent).prompt();
		});
	};
	const done = () => onOffer(null);
	addEventListener('beforeinstallprompt', keep);
	addEventListener('appinstalled', done);
	return () => {
		removeEventListener('beforeinstallprompt', keep);
		removeEventListener('appinstalled', done);
	};
}
