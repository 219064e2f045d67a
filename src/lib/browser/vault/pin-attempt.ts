/**
 * One attempt at a vault with a PIN: counted on the disk before the PIN is looked at, over all tabs. A row that
 * is damaged is known before that, and costs no attempt.
 */
import { stored } from '#lib/browser/store/store-fault.ts';
import type { VaultDamage } from '#lib/core/field/keeping.ts';
import {
	attemptsLeft,
	decideAttempt,
	NO_ATTEMPTS,
	waitAfterMs,
} from '#lib/core/field/pin-attempts.ts';
import { readDeviceKeys } from './device-keys.ts';
import { destroyOwner } from './sealed-rows.ts';
import type { SeenClock } from './seen-clock.ts';
import type { Stretch } from './stretch.ts';
import type { VaultDatabase } from './tables.ts';
import { openDeviceLayer, openPinLayer, VAULT_SCHEMA, type VaultRow } from './vault-key.ts';
import type { PinOutcome } from './vault-outcomes.ts';

export interface AttemptPorts {
	readonly db: VaultDatabase;
	readonly clock: SeenClock;
	readonly stretch: Stretch;
}

export interface OpenedByPin {
	readonly kind: 'key';
	readonly key: CryptoKey;
	readonly row: VaultRow;
	readonly secret: CryptoKey;
}

interface FoundVault {
	readonly kind: 'found';
	readonly row: VaultRow;
	readonly secret: CryptoKey;
}

/** The vault's row with the device's secret, or why there is nothing to try. @throws {StoreFault} */
export async function findVault(
	db: VaultDatabase,
	owner: string,
): Promise<FoundVault | { kind: 'none' } | { kind: 'damaged'; because: VaultDamage }> {
	const row = await stored(() => db.vaults.get(owner));
	if (!row) return { kind: 'none' };
	if (row.schema > VAULT_SCHEMA) return { kind: 'damaged', because: 'newer-version' };
	const secret = (await readDeviceKeys(db, owner))?.secret;
	if (!secret) return { kind: 'damaged', because: 'device-keys-missing' };
	return { kind: 'found', row, secret };
}

/** @param extractable only to wrap the key anew @throws {StoreFault} @throws {VaultFault} */
export async function attemptPin(
	{ db, clock, stretch }: AttemptPorts,
	owner: string,
	pin: string,
	extractable = false,
): Promise<PinOutcome | OpenedByPin> {
	const found = await findVault(db, owner);
	if (found.kind !== 'found') return found;
	const { secret } = found;
	if (!(await openDeviceLayer(found.row, secret)))
		return { kind: 'damaged', because: 'row-damaged' };
	await clock.keep();
	const nowMs = clock.nowMs();
	const counted = await count(db, owner, nowMs);
	if (counted.kind === 'spent') return destroyAfterWrong(db, owner, nowMs);
	if (counted.kind !== 'try') return counted;
	const { row } = counted;
	// Opened again: another tab may have changed the PIN since the row was found.
	const layer = await openDeviceLayer(row, secret);
	if (!layer) return { kind: 'damaged', because: 'row-damaged' };
	const key = await openPinLayer(layer, pin, row, stretch, extractable);
	if (!key) {
		const left = attemptsLeft(row, row);
		if (left === 0) return destroyAfterWrong(db, owner, nowMs);
		return { kind: 'wrong', left, waitMs: waitAfterMs(row.wrong) };
	}
	return (await setBack(db, row)) ? { kind: 'key', key, row, secret } : { kind: 'none' };
}

/** Counts an attempt on the disk, unless it may not be made. */
function count(
	db: VaultDatabase,
	owner: string,
	nowMs: number,
): Promise<
	| { readonly kind: 'none' }
	| { readonly kind: 'spent' }
	| { readonly kind: 'wait'; readonly waitMs: number }
	| { readonly kind: 'try'; readonly row: VaultRow }
> {
	return stored(() =>
		db.transaction('rw', db.vaults, async () => {
			const row = await db.vaults.get(owner);
			if (!row) return { kind: 'none' };
			const verdict = decideAttempt(row, row, nowMs);
			if (verdict.kind !== 'try') return verdict;
			const counted = { ...row, ...verdict.counted };
			await db.vaults.put(counted);
			return { kind: 'try', row: counted };
		}),
	);
}

async function destroyAfterWrong(
	db: VaultDatabase,
	owner: string,
	nowMs: number,
): Promise<PinOutcome> {
	await destroyOwner(db, owner, 'pin-wrong', nowMs);
	return { kind: 'destroyed' };
}

/** Answers whether the vault is still there: another tab may have destroyed it. */
function setBack(db: VaultDatabase, { owner }: VaultRow): Promise<boolean> {
	return stored(() =>
		db.transaction('rw', db.vaults, async () => {
			const here = await db.vaults.get(owner);
			if (here) await db.vaults.put({ ...here, ...NO_ATTEMPTS });
			return here !== undefined;
		}),
	);
}
