/**
 * The app's own installation and update. A new version is fetched in the background and waits; it takes over
 * only when a person agrees and nothing is on its way in any tab, because its rows may be read differently. A
 * page is loaded anew only where its own person agreed: another tab goes on as it is, and is offered the same.
 */
import { Workbox } from 'workbox-window';

/** How often an open app looks for a new version. */
const LOOK_EVERY_MS = 30 * 60_000;

export interface AppUpdate {
	/** Hands over to the version that waits, where one does, and loads the page in the newest. */
	takeOver(): void;
}

export interface UpdatePorts {
	/** A new version waits, or another tab has let it take over: this page is of the one before. */
	readonly onNewVersion: () => void;
	/** Asked at the moment when the page would be loaded: something may have begun since the person agreed. */
	readonly mayLoad: () => Promise<boolean>;
}

/**
 * Registers the service worker.
 * @returns null where the browser has no service workers (the app then works online only), and while
 * developing, where a cached shell would hide every change
 */
export async function registerApp({
	onNewVersion,
	mayLoad,
}: UpdatePorts): Promise<AppUpdate | null> {
	if (import.meta.env.DEV || !('serviceWorker' in navigator)) return null;
	const { serviceWorker } = navigator;
	const workbox = new Workbox('/service-worker.js');
	let agreed = false;
	let isControlled = serviceWorker.controller !== null;
	const load = async (): Promise<void> => {
		if (await mayLoad()) location.reload();
	};
	workbox.addEventListener('waiting', onNewVersion);
	workbox.addEventListener('controlling', () => {
		const isFirst = !isControlled;
		isControlled = true;
		if (isFirst) return;
		onNewVersion();
		if (agreed) void load();
		agreed = false;
	});
	let registration: ServiceWorkerRegistration | undefined;
	try {
		registration = await workbox.register();
	} catch {
		// Some browsers refuse in private windows: the app then works online only.
		return null;
	}
	setInterval(() => {
		// It rejects whenever the network is gone, and the next look is in half an hour.
		void workbox.update().catch(() => undefined);
	}, LOOK_EVERY_MS);
	return {
		takeOver() {
			agreed = Boolean(registration?.waiting);
			if (agreed) workbox.messageSkipWaiting();
			else void load();
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
