/**
 * Who stands at a till. With a network somebody signs in by name and password, in a request that the till
 * signs too, and chooses a PIN for this device; from then on the PIN is enough. Each has a vault of their own.
 * A PIN that is forgotten is not told by anybody: they sign in and choose another, and what only the old one
 * opened is lost; what waits to be handed in is sealed to the backend, and stays. Who signs out loses the same,
 * and is not known here any more.
 */
import type { AgentApi } from '#lib/browser/api/agent.ts';
import type { OperatorHereRow } from '#lib/browser/store/agent-rows.ts';
import { forgetCustomers, standsHere } from '#lib/browser/store/agent-leave.ts';
import { readTill } from '#lib/browser/store/agent-outbox.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import { ensureDeviceKeys } from '#lib/browser/vault/device-keys.ts';
import { makeOperatorKeys } from '#lib/browser/vault/operator-keys.ts';
import type { SeenClock } from '#lib/browser/vault/seen-clock.ts';
import type { Stretch } from '#lib/browser/vault/stretch.ts';
import type { CreateOutcome } from '#lib/browser/vault/vault-outcomes.ts';
import { Vault, type VaultPorts } from '#lib/browser/vault/vault.ts';
import { judgePin } from '#lib/core/field/pin.ts';
import type { Problem } from '#lib/core/sync/wire.ts';
import type { OperatorRefusal } from '#lib/core/vending/till-refusals.ts';
import type { TillParts } from './till-ports.ts';

export interface PeoplePorts {
	readonly store: AgentStore;
	readonly clock: SeenClock;
	readonly stretch: Stretch;
	readonly cost?: VaultPorts['cost'];
	readonly newId: () => string;
	readonly nowMs: () => number;
}

export interface SignInPorts {
	readonly store: AgentStore;
	/** Signed by the till. */
	readonly api: Pick<AgentApi, 'signInByPassword'>;
}

/** Somebody of this vendor, as the backend calls them. */
export type TillPerson = Pick<OperatorHereRow, 'operatorId' | 'login' | 'name'>;

export type TillSignIn =
	| { readonly kind: 'person'; readonly person: TillPerson }
	| { readonly kind: 'refused'; readonly because: OperatorRefusal }
	| { readonly kind: 'problem'; readonly problem: Problem }
	| { readonly kind: 'unknown' };

/** Order: that of `OPERATOR_REFUSALS`. @throws {StoreFault} */
export async function signInAtTill(
	{ store, api }: SignInPorts,
	login: string,
	password: string,
): Promise<TillSignIn> {
	const till = await readTill(store);
	if (!till || till.revokedAtMs !== null) return { kind: 'refused', because: 'not-enrolled' };
	const outcome = await api.signInByPassword(login, password);
	if (outcome.kind !== 'answer') return outcome;
	const { person, utilityId } = outcome.answer;
	if (person.kind !== 'operator' || !person.roles.includes('agent'))
		return { kind: 'refused', because: 'not-an-agent' };
	if (utilityId !== till.utilityId) return { kind: 'refused', because: 'other-utility' };
	if (person.vendorId !== till.vendor.id) return { kind: 'refused', because: 'other-vendor' };
	const { operatorId, name } = person;
	return { kind: 'person', person: { operatorId, login: person.login, name } };
}

export type ChoosePinOutcome =
	/** The vault is open. */
	| { readonly kind: 'chosen'; readonly operator: OperatorHereRow; readonly vault: Vault }
	| Exclude<CreateOutcome, { readonly kind: 'created' | 'exists' }>
	/** Locked, or chosen in another tab, meanwhile: to be unlocked. */
	| { readonly kind: 'locked-meanwhile' };

/**
 * Makes the vault of somebody who has just signed in, in the place of one whose PIN they do not know any more.
 * @throws {StoreFault} @throws {VaultFault}
 */
export async function choosePin(
	{ store, clock, stretch, cost, newId, nowMs }: PeoplePorts,
	person: TillPerson,
	pin: string,
): Promise<ChoosePinOutcome> {
	const because = judgePin(pin);
	if (because) return { kind: 'weak', because };
	const { operatorId } = person;
	await ensureDeviceKeys(store, { owner: operatorId, name: 'till' }, newId, nowMs());
	const vault = new Vault(operatorId, { db: store, clock, stretch, ...(cost && { cost }) });
	const { kind } = await vault.state();
	if (kind !== 'none') await vault.destroy('replaced');
	// Sealed under keys that are gone with the vault before.
	await stored(() => forgetCustomers(store, operatorId));
	const created = await vault.create(pin);
	if (created.kind === 'exists') return { kind: 'locked-meanwhile' };
	if (created.kind !== 'created') return created;
	const inbox = await makeOperatorKeys(vault);
	if (!inbox) {
		// A vault without its keys is of no use: it is chosen again.
		await vault.destroy('replaced');
		return { kind: 'locked-meanwhile' };
	}
	const operator: OperatorHereRow = { ...person, lastSignedInMs: nowMs(), inbox };
	await stored(() => store.operators.put(operator));
	return { kind: 'chosen', operator, vault };
}

/**
 * Whether what is sealed to somebody now still opens for them: their vault was not destroyed, nor another made in
 * its place, in another tab. Where it does not, the vault that is open here is locked. @throws {StoreFault}
 */
export async function isStillTheirs({
	store,
	operator: { operatorId, inbox },
	vault,
}: Pick<TillParts, 'store' | 'operator' | 'vault'>): Promise<boolean> {
	const [state, isHere] = await Promise.all([
		vault.state(),
		stored(() => standsHere(store, { operatorId, inbox })),
	]);
	const isTheirs = state.kind === 'open' && isHere;
	if (!isTheirs) vault.lock();
	return isTheirs;
}

/** Who may unlock a vault here, the last who signed in first. @throws {StoreFault} */
export function readOperators(store: AgentStore): Promise<OperatorHereRow[]> {
	return stored(() => store.operators.orderBy('lastSignedInMs').reverse().toArray());
}

/** Somebody who knows their PIN came back: they stand first in the list. @throws {StoreFault} */
export async function noteSignedIn(
	store: AgentStore,
	operatorId: string,
	nowMs: number,
): Promise<void> {
	await stored(() => store.operators.update(operatorId, { lastSignedInMs: nowMs }));
}
