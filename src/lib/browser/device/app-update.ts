/**
 * The app's own installation and update. A new version is fetched in the background and waits; it takes
 * over only when a person agrees and no sale is on its way, because its rows may be read differently.
 */
import { Workbox } from 'workbox-window';

/** How often an open app looks for a new version. */
const LOOK_EVERY_MS = 30 * 60_000;

export interface AppUpdate {
	/** Hands over to the version that waits, then loads it. Does nothing where none waits. */
	takeOver(): void;
}

/**
 * Registers the service worker.
 * @param onWaiting called when a new version waits to take over
 * @returns null where the browser has no service workers (the app then works online only), and while
 * developing, where a cached shell would hide every change
 */
export async function registerApp(onWaiting: () => void): Promise<AppUpdate | null> {
	if (import.meta.env.DEV || !('serviceWorker' in navigator)) return null;
	const workbox = new Workbox('/service-worker.js');
	workbox.addEventListener('waiting', onWaiting);
	let asked = false;
	workbox.addEventListener('controlling', () => {
		if (asked) location.reload();
	});
	try {
		await workbox.register();
	} catch {
		// Some browsers refuse in private windows: the app then works online only.
		return null;
	}
	setInterval(() => void workbox.update(), LOOK_EVERY_MS);
	return {
		takeOver() {
			asked = true;
			workbox.messageSkipWaiting();
		},
	};
}

/**
 * Asks the browser to keep what this device stores even when space runs short.
 * @returns whether it promises to; false also where it cannot be asked
 */
export async function keepStorage(): Promise<boolean> {
	try {
		return (await navigator.storage?.persist?.()) ?? false;
	} catch {
		return false;
	}
}
