/**
 * The till that this device is, ready to hand in: its keys, its requests, its clock. Of the page and of the
 * service worker alike; nothing here needs the PIN.
 */
import { agentApiOf, type AgentApi } from '#lib/browser/api/agent.ts';
import { randomNonce, type TillSigner } from '#lib/browser/api/till-signature.ts';
import { changeTill, readTill, setStop } from '#lib/browser/store/agent-outbox.ts';
import type { TerminalHereRow } from '#lib/browser/store/agent-rows.ts';
import { TILL_OWNER } from '#lib/browser/store/agent-wipe.ts';
import type { AgentStore } from '#lib/browser/store/agent.ts';
import type { TillStatus } from '#lib/core/sync/wire-till.ts';
import { readDeviceKeys, type DeviceKeys } from '#lib/browser/vault/device-keys.ts';

export interface TillHere {
	readonly till: TerminalHereRow;
	readonly keys: DeviceKeys;
	readonly signer: TillSigner;
	readonly api: AgentApi;
	/** What the backend's clock was ahead of ours when last heard; null: never. */
	readonly offsetMs: () => number | null;
}

/**
 * Undefined: this device is no till, or the browser threw its keys away; the second is written down.
 * @param nowMs the device's own clock @throws {StoreFault}
 */
export async function readTillHere(
	store: AgentStore,
	nowMs: () => number,
): Promise<TillHere | undefined> {
	const till = await readTill(store);
	if (!till) return undefined;
	const keys = await readDeviceKeys(store, TILL_OWNER);
	if (keys?.id !== till.deviceId) {
		if (till.stop === null) await setStop(store, till.deviceId, 'keys-missing');
		return undefined;
	}
	let offset = till.offsetMs;
	const offsetMs = () => offset;
	const signer: TillSigner = {
		...{ terminalId: till.terminalId, keys, nowMs, offsetMs, nonce: randomNonce },
		hear(heardMs) {
			offset = heardMs;
			// The next request says it again where this is not written.
			void changeTill(store, till.deviceId, { offsetMs: heardMs }).catch(() => undefined);
		},
	};
	// Whoever asks for the status writes it down, with the offset.
	const api = hearing(agentApiOf(signer), ({ serverMs }) => (offset = serverMs - nowMs()));
	return { till, keys, signer, api, offsetMs };
}

/** Every status says what the backend's clock is. */
function hearing(api: AgentApi, hear: (status: TillStatus) => void): AgentApi {
	return {
		...api,
		async postJournal(request) {
			const outcome = await api.postJournal(request);
			if (outcome.kind === 'answer') hear(outcome.answer.status);
			return outcome;
		},
		async readStatus() {
			const outcome = await api.readStatus();
			if (outcome.kind === 'answer') hear(outcome.answer);
			return outcome;
		},
	};
}
