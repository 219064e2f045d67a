/**
 * A device becomes a till: by the office's one-time code, with keys of its own that nobody can read out. The
 * keys lie aside until the backend has taken them, so that an answer that was lost is asked for again with the
 * same ones, and a code that is refused changes nothing. Every enrolment is another journal.
 */
import type { ApiOutcome } from '#lib/browser/api/call.ts';
import type { TerminalHereRow } from '#lib/browser/store/agent-rows.ts';
import { AGENT_ROW_SCHEMA } from '#lib/browser/store/agent-rows.ts';
import { countPending } from '#lib/browser/store/agent-journal.ts';
import { readTill } from '#lib/browser/store/agent-outbox.ts';
import { TILL_OWNER } from '#lib/browser/store/agent-wipe.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import { stored } from '#lib/browser/store/store-fault.ts';
import { formatBase64url } from '#lib/browser/vault/base64url.ts';
import {
	ensureDeviceKeys,
	publicKeysOf,
	signAsDevice,
	type DeviceKeys,
} from '#lib/browser/vault/device-keys.ts';
import { parseCode } from '#lib/core/sync/spoken-code.ts';
import type { EnrolRefusal } from '#lib/core/vending/till-refusals.ts';
import {
	ENROLMENT_CODE_LENGTH,
	enrolmentProof,
	type EnrolmentAnswer,
	type EnrolmentRequest,
} from '#lib/core/sync/wire-terminals.ts';
import type { Problem } from '#lib/core/sync/wire.ts';

/** Keys that the backend may not have taken yet. */
const NEXT_OWNER = 'till-next';

export interface EnrolPorts {
	readonly store: AgentStore;
	readonly api: {
		readonly enrol: (request: EnrolmentRequest) => Promise<ApiOutcome<EnrolmentAnswer>>;
	};
	readonly newId: () => string;
	readonly nowMs: () => number;
}

export type EnrolOutcome =
	| { readonly kind: 'enrolled'; readonly terminal: TerminalHereRow }
	| { readonly kind: 'refused'; readonly because: EnrolRefusal }
	| { readonly kind: 'problem'; readonly problem: Problem }
	/** No answer: the same code may be tried again, whatever became of it. */
	| { readonly kind: 'unknown' };

/**
 * Enrols this device, or enrols it anew after its journal was suspended or the office revoked it: what it had
 * not handed in stays, to be exported. Order: `code-mistyped`, `rows-wait` (a till in use).
 * @throws {StoreFault} @throws {VaultFault}
 */
export async function enrolTill(ports: EnrolPorts, typed: string): Promise<EnrolOutcome> {
	const { store, api, newId, nowMs } = ports;
	const code = parseCode(typed, ENROLMENT_CODE_LENGTH);
	if (code === undefined) return { kind: 'refused', because: 'code-mistyped' };
	const before = await readTill(store);
	if (before && isInUse(before) && (await countPending(store, before.deviceId)) > 0)
		return { kind: 'refused', because: 'rows-wait' };
	const next = { owner: NEXT_OWNER, name: 'till' };
	const keys = await ensureDeviceKeys(store, next, newId, nowMs());
	const outcome = await api.enrol(await requestOf(keys, code));
	if (outcome.kind === 'unknown') return outcome;
	if (outcome.kind === 'problem') {
		// They were enrolled once, by a code whose answer was lost: the next try has others.
		if (outcome.problem.code === 'id-reused')
			await stored(() => store.deviceKeys.delete(NEXT_OWNER));
		return outcome;
	}
	const terminal = terminalOf(keys.id, outcome.answer, nowMs());
	await takeUp(store, before, terminal);
	return { kind: 'enrolled', terminal };
}

/** Whether its journal can still be handed in by itself. */
function isInUse({ revokedAtMs, stop }: TerminalHereRow): boolean {
	return revokedAtMs === null && stop === null;
}

async function requestOf(keys: DeviceKeys, code: string): Promise<EnrolmentRequest> {
	const { signing: publicKey, agreement: sealingKey } = await publicKeysOf(keys);
	const deviceId = keys.id;
	const text = enrolmentProof(code, { publicKey, deviceId, sealingKey });
	const proof = formatBase64url(await signAsDevice(keys, new TextEncoder().encode(text)));
	return { code, publicKey, deviceId, sealingKey, proof };
}

function terminalOf(deviceId: string, answer: EnrolmentAnswer, nowMs: number): TerminalHereRow {
	const { terminalId, name, vendor, utilityId, utility, saleKey, serverMs } = answer;
	return {
		...{ key: 'till', schema: AGENT_ROW_SCHEMA, deviceId, terminalId, name, vendor },
		...{ utilityId, utility, saleKey, enrolledAtMs: nowMs, offsetMs: serverMs - nowMs },
		...{ status: null, heardAtMs: null, revokedAtMs: null, stop: null },
	};
}

/** In one transaction: the new keys in the place of the old, and what belonged to those is over. */
async function takeUp(
	store: AgentStore,
	before: TerminalHereRow | undefined,
	terminal: TerminalHereRow,
): Promise<void> {
	await stored(() =>
		store.transaction('rw', store.tables, async () => {
			const next = await store.deviceKeys.get(NEXT_OWNER);
			// Another tab was faster with the same keys.
			if (!next) return;
			await store.deviceKeys.put({ ...next, owner: TILL_OWNER });
			await store.deviceKeys.delete(NEXT_OWNER);
			await store.till.put(terminal);
			await store.batches.where('state').equals('open').delete();
			// Sealed to the key that is gone.
			await store.reserve.clear();
			await store.packs.clear();
			const isOther = before && before.vendor.id !== terminal.vendor.id;
			if (isOther || before?.utilityId !== terminal.utilityId) await forgetPeople(store);
		}),
	);
}

/** Within a transaction: those who stood here, and all that only they could open. */
async function forgetPeople(store: AgentStore): Promise<void> {
	const { operators, vaults, sealed, gone, customers, deviceKeys } = store;
	for (const { operatorId } of await operators.toArray()) await deviceKeys.delete(operatorId);
	await operators.clear();
	await Promise.all([vaults.clear(), sealed.clear(), gone.clear(), customers.clear()]);
}
