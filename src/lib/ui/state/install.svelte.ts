/** Whether the browser offers to install the app. */
import { watchInstallPrompt } from '#lib/browser/device/install-prompt.ts';

class Install {
	/** Shows the browser's own question; null while there is nothing to offer. */
	ask = $state.raw<(() => Promise<void>) | null>(null);

	/** Called once by the root layout. Returns what stops it. */
	start(): () => void {
		return watchInstallPrompt((ask) => (this.ask = ask));
	}
}

export const install = new Install();
