/** Whether this browser keeps what is stored here: asked of the browser, never guessed. */

export interface Keeping {
	readonly installed: boolean;
	readonly persistent: boolean;
	/** Octets; null: the browser does not say. */
	readonly usedOctets: number | null;
	readonly quotaOctets: number | null;
}

/** What is asked of a browser; a test says which it used. */
export interface KeepingPort {
	read(): Promise<Keeping>;
	/** Asks for it to be kept: the browser decides, or asks the person. */
	ask(): Promise<Keeping>;
}

/** This browser. */
export const keeping: KeepingPort = {
	read,
	async ask() {
		await navigator.storage?.persist?.().catch(() => false);
		return await read();
	},
};

async function read(): Promise<Keeping> {
	// Outside a secure context there is no such thing, whatever the types say.
	const storage = navigator.storage as StorageManager | undefined;
	const persistent = (await storage?.persisted?.().catch(() => false)) ?? false;
	const estimate = await storage?.estimate?.().catch(() => undefined);
	const { usage, quota } = estimate ?? {};
	return {
		...{ installed: isInstalled(), persistent },
		...{ usedOctets: usage ?? null, quotaOctets: quota ?? null },
	};
}

/** Opened as an app of its own, not in a tab. */
function isInstalled(): boolean {
	const own = ['standalone', 'fullscreen', 'minimal-ui', 'window-controls-overlay'];
	return own.some((mode) => matchMedia(`(display-mode: ${mode})`).matches);
}

/** Whether sales may be left waiting here as in the office's own caps. */
export function isKept({ installed, persistent }: Keeping): boolean {
	return installed && persistent;
}
