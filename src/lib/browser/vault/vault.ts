/**
 * One person's vault on this device: none → locked → open. Behind a PIN lies a key that the browser never
 * shows; under the key lie records that are nobody else's business.
 *
 * Always holds: a locked vault has no key in memory; an attempt is counted, on the disk, before its PIN is
 * looked at; changing the PIN wraps the same key anew, so that no record is touched by it.
 */
import { stored } from '#lib/browser/store/store-fault.ts';
import type { SealedEnd, UnsealRefusal } from '#lib/core/field/keeping.ts';
import { attemptsLeft, DEFAULT_POLICY, type AttemptPolicy } from '#lib/core/field/pin-attempts.ts';
import { judgePin } from '#lib/core/field/pin.ts';
import { readDeviceKeys } from './device-keys.ts';
import { attemptPin, findVault, type AttemptPorts } from './pin-attempt.ts';
import { destroyOwner, destroySealed, listSealed, putSealed, readSealed } from './sealed-rows.ts';
import {
	openRecord,
	SEALED_SCHEMA,
	sealRecord,
	type SealedLabel,
	type SealedRow,
} from './sealing.ts';
import { STRETCH_COST, type StretchCost } from './stretch.ts';
import { makeVaultKey, wrapVaultKey, type VaultRow } from './vault-key.ts';
import type {
	ChangePinOutcome,
	CreateOutcome,
	UnlockOutcome,
	VaultState,
} from './vault-outcomes.ts';

export interface VaultPorts extends AttemptPorts {
	/** What a new PIN's key costs; another than `STRETCH_COST` in tests only. */
	readonly cost?: StretchCost;
}

type SealArguments = readonly [
	name: string,
	/** Of the contents' form, the caller's own count. */
	version: number,
	octets: Uint8Array<ArrayBuffer>,
	/** Seen time at which it is destroyed; null: never. */
	expiresAtMs: number | null,
];

export interface Unsealed {
	/** Of the contents' form. */
	readonly version: number;
	/** The caller's to overwrite. */
	readonly octets: Uint8Array<ArrayBuffer>;
}

export class Vault {
	readonly owner: string;
	readonly #ports: VaultPorts;
	readonly #listeners = new Set<() => void>();
	readonly #boxes = new Set<{ empty(): void }>();
	#key: CryptoKey | undefined;
	/** Counts the locks, so that one that comes during an attempt is not lost. */
	#locks = 0;

	/** @param owner whose it is, as the backend calls them */
	constructor(owner: string, ports: VaultPorts) {
		this.owner = owner;
		this.#ports = ports;
	}

	/** @throws {StoreFault} */
	async state(): Promise<VaultState> {
		const found = await findVault(this.#ports.db, this.owner);
		if (found.kind !== 'found') return found;
		if (this.#key) return { kind: 'open' };
		const { row } = found;
		const waitMs = Math.max(0, row.notBeforeMs - this.#ports.clock.nowMs());
		return { kind: 'locked', left: attemptsLeft(row, row), waitMs };
	}

	isOpen(): boolean {
		return this.#key !== undefined;
	}

	/**
	 * Makes the vault and leaves it open. The device's keys must be there.
	 * @param policy to be told to the person before they choose a PIN
	 * @throws {StoreFault} @throws {VaultFault} @throws {RangeError} slip: a policy out of its bounds
	 */
	async create(pin: string, policy: AttemptPolicy = DEFAULT_POLICY): Promise<CreateOutcome> {
		const because = judgePin(pin);
		if (because) return { kind: 'weak', because };
		const { db, clock, stretch, cost = STRETCH_COST } = this.#ports;
		const secret = (await readDeviceKeys(db, this.owner))?.secret;
		if (!secret) return { kind: 'damaged', because: 'device-keys-missing' };
		const locks = this.#locks;
		const terms = { owner: this.owner, destroyAfter: policy.destroyAfter };
		const wrapped = await wrapVaultKey(await makeVaultKey(), pin, terms, { secret, stretch, cost });
		const nowMs = clock.nowMs();
		const row: VaultRow = { ...wrapped.row, createdAtMs: nowMs, changedAtMs: nowMs };
		const added = await stored(() =>
			db.transaction('rw', db.vaults, async () => {
				if (await db.vaults.get(this.owner)) return false;
				await db.vaults.add(row);
				return true;
			}),
		);
		if (!added) return { kind: 'exists' };
		if (this.#locks === locks) this.#open(wrapped.key);
		return { kind: 'created' };
	}

	/** @throws {StoreFault} @throws {VaultFault} */
	async unlock(pin: string): Promise<UnlockOutcome> {
		const locks = this.#locks;
		const outcome = await attemptPin(this.#ports, this.owner, pin);
		if (outcome.kind === 'destroyed') this.lock();
		if (outcome.kind !== 'key') return outcome;
		if (this.#locks !== locks) return { kind: 'locked-meanwhile' };
		this.#open(outcome.key);
		return { kind: 'opened' };
	}

	/**
	 * Wraps the same key with another PIN. Asks for the old one even while the vault is open.
	 * @throws {StoreFault} @throws {VaultFault}
	 */
	async changePin(old: string, next: string): Promise<ChangePinOutcome> {
		const because = judgePin(next);
		if (because) return { kind: 'weak', because };
		const outcome = await attemptPin(this.#ports, this.owner, old, true);
		if (outcome.kind === 'destroyed') this.lock();
		if (outcome.kind !== 'key') return outcome;
		const { db, clock, stretch, cost = STRETCH_COST } = this.#ports;
		const { key, row, secret } = outcome;
		const wrapped = await wrapVaultKey(key, next, row, { secret, stretch, cost });
		const changed = await stored(() =>
			db.transaction('rw', db.vaults, async () => {
				const here = await db.vaults.get(this.owner);
				if (!here || !isSameWrapping(here, row)) return false;
				await db.vaults.put({ ...row, ...wrapped.row, changedAtMs: clock.nowMs() });
				return true;
			}),
		);
		return { kind: changed ? 'changed' : 'changed-meanwhile' };
	}

	/** Forgets the key and all that was opened with it. Never fails, and may be called at any time. */
	lock(): void {
		this.#locks += 1;
		const was = this.#key;
		this.#key = undefined;
		for (const box of this.#boxes) box.empty();
		if (was) this.#tell();
	}

	/** What is to be emptied whenever the vault is locked. */
	guard(box: { empty(): void }): void {
		this.#boxes.add(box);
	}

	/** Calls back whenever it was opened or locked; the function it gives calls that off. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	/**
	 * Seals octets under a name, in the place of what was there.
	 * @returns whether it was sealed: a locked vault takes nothing in
	 * @throws {StoreFault} nothing was written, and what was there is still there
	 */
	async seal(...what: SealArguments): Promise<boolean> {
		const row = await this.sealedRow(...what);
		if (row) await putSealed(this.#ports.db, row);
		return row !== undefined;
	}

	/** The same as a row, for whoever writes it together with something else; undefined: locked. */
	async sealedRow(
		...[name, version, octets, expiresAtMs]: SealArguments
	): Promise<SealedRow | undefined> {
		const key = this.#key;
		if (!key) return undefined;
		const sealedAtMs = this.#ports.clock.nowMs();
		const label = { owner: this.owner, name, version, sealedAtMs, expiresAtMs };
		return sealRecord(key, label, octets);
	}

	/** @throws {StoreFault} */
	async unseal(name: string): Promise<Unsealed | { readonly refused: UnsealRefusal }> {
		const { db, clock } = this.#ports;
		const key = this.#key;
		if (!key) return { refused: 'locked' };
		const row = await readSealed(db, this.owner, name);
		if (!row) return { refused: 'absent' };
		await clock.keep();
		const nowMs = clock.nowMs();
		if (row.expiresAtMs !== null && row.expiresAtMs <= nowMs) {
			await destroySealed(db, this.owner, name, 'expired', nowMs);
			return { refused: 'expired' };
		}
		if (row.schema > SEALED_SCHEMA) return { refused: 'newer-version' };
		const octets = await openRecord(key, row);
		if (!octets) return { refused: 'damaged' };
		if (this.#key === key) return { version: row.version, octets };
		// Locked while it was being opened.
		octets.fill(0);
		return { refused: 'locked' };
	}

	/** What is sealed here, without opening it: a locked vault tells that much. @throws {StoreFault} */
	async labels(): Promise<SealedLabel[]> {
		return listSealed(this.#ports.db, this.owner);
	}

	/** Destroys one record. Answers whether there was one. @throws {StoreFault} */
	async forget(name: string, why: SealedEnd): Promise<boolean> {
		return destroySealed(this.#ports.db, this.owner, name, why, this.#ports.clock.nowMs());
	}

	/** Destroys the vault and all that is in it. @throws {StoreFault} */
	async destroy(why: SealedEnd): Promise<void> {
		this.lock();
		await destroyOwner(this.#ports.db, this.owner, why, this.#ports.clock.nowMs());
	}

	#open(key: CryptoKey): void {
		this.#key = key;
		this.#tell();
	}

	#tell(): void {
		for (const listener of [...this.#listeners]) listener();
	}
}

/** An IV is made anew with every wrapping. */
function isSameWrapping(one: VaultRow, other: VaultRow): boolean {
	return one.iv.every((octet, at) => octet === other.iv[at]);
}
