/** The utility's settings at the office's desk: as the backend has them, and as somebody would have them. */
import type { OfficeTillsApi } from '#lib/browser/api/office-tills.ts';
import type { FbeByApp, UtilitySettings } from '#lib/core/sync/wire-utility.ts';
import { Asking, type SignedOut } from './asking.svelte.ts';

type Api = Pick<OfficeTillsApi, 'readSettings' | 'putSettings'>;

export class UtilityDesk {
	readonly asking: Asking;
	readonly #api: Api;
	/** What holds; undefined: not known. */
	settings = $state.raw<UtilitySettings>();
	/** What was chosen and not set yet; null: what holds. */
	#chosen = $state<FbeByApp | null>(null);
	/** What was chosen was set. */
	saved = $state(false);

	constructor(api: Api, signedOut: SignedOut) {
		this.#api = api;
		this.asking = new Asking(signedOut);
	}

	get chosen(): FbeByApp | undefined {
		return this.#chosen ?? this.settings?.fbeByApp;
	}

	get isChanged(): boolean {
		return this.chosen !== this.settings?.fbeByApp;
	}

	choose(fbeByApp: FbeByApp): void {
		this.#chosen = fbeByApp;
		this.saved = false;
	}

	async read(): Promise<void> {
		this.settings = (await this.asking.ask(() => this.#api.readSettings())) ?? this.settings;
	}

	async set(): Promise<void> {
		const { chosen } = this;
		if (chosen === undefined || !this.isChanged) return;
		const answer = await this.asking.ask(() => this.#api.putSettings({ fbeByApp: chosen }));
		if (!answer) return;
		this.settings = answer;
		this.#chosen = null;
		this.saved = true;
	}
}
