/** The utility's tills as the office sees them, and the code that was just made. */
import type { OfficeTillsApi } from '#lib/browser/api/office-tills.ts';
import type {
	EnrolmentCode,
	TerminalAnswer,
	TerminalRequest,
} from '#lib/core/sync/wire-terminals.ts';
import type { VendorAnswer } from '#lib/core/sync/wire-vendors.ts';
import { Asking, type SignedOut } from '../asking.svelte.ts';
import { readAllVendors } from '../read-all-vendors.ts';

export interface ShownCode extends EnrolmentCode {
	readonly tillId: string;
}

export class Tills {
	readonly asking: Asking;
	readonly #api: OfficeTillsApi;
	/** By id; undefined until they are known. */
	list = $state.raw<readonly TerminalAnswer[]>();
	vendors = $state.raw<readonly VendorAnswer[]>([]);
	/** Here until it is put away: the backend has only its hash. */
	code = $state.raw<ShownCode>();

	constructor(api: OfficeTillsApi, signedOut: SignedOut) {
		this.#api = api;
		this.asking = new Asking(signedOut);
	}

	async read(): Promise<void> {
		const vendors = await this.asking.ask(() => readAllVendors(this.#api));
		if (vendors) this.vendors = vendors;
		if (!this.asking.trouble) await this.#readTills();
	}

	/** @returns whether it is there now */
	async make(id: string, request: TerminalRequest): Promise<boolean> {
		return this.#shown(await this.asking.ask(() => this.#api.putTill(id, request)));
	}

	async makeCode(tillId: string): Promise<void> {
		const made = await this.asking.ask(() => this.#api.makeCode(tillId));
		if (!made) return;
		this.code = { ...made, tillId };
		await this.#readTills();
	}

	putCodeAway(): void {
		this.code = undefined;
	}

	/** @returns whether it is off now */
	async revoke(tillId: string): Promise<boolean> {
		return this.#shown(await this.asking.ask(() => this.#api.revokeTill(tillId)));
	}

	async #readTills(): Promise<void> {
		const read = await this.asking.ask(() => this.#api.listTills());
		if (read) this.list = byId(read.terminals);
	}

	/** As the backend just answered, in its place. */
	#shown(till: TerminalAnswer | undefined): boolean {
		if (till === undefined) return false;
		this.list = byId([...(this.list ?? []).filter(({ id }) => id !== till.id), till]);
		return true;
	}
}

/** `T-9` before `T-10`. */
const byId = (tills: readonly TerminalAnswer[]): TerminalAnswer[] =>
	[...tills].sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }));
