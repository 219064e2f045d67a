/** Slots of the contract suite beside the demo's: keys with every limit a key can have, and their registers. */
import type { KeyStore } from '#lib/server/security-module/key-file.ts';
import type { SlotAttributes } from '#lib/server/security-module/port.ts';
import { DEMO_SLOTS } from '#lib/server/security-module/demo-slots.ts';
import type { SimulatedKey } from '../../harness/hsm-simulator.ts';
import { NOW_MS } from './orders.ts';

const LIMITED_SGC = '999003';

function limited(slot: string, krn: number, change: Partial<SlotAttributes>): SlotAttributes {
	return {
		...{ slot, sgc: LIMITED_SGC, krn, kt: 2, dkga: 4, baseYear: 2014, ken: 255 },
		...{ publicTest: true, activeFromMs: 0, issueUntilMs: null, unitLimitDeciKwh: null },
		...change,
	};
}

export const CONTRACT_SLOTS: readonly SlotAttributes[] = [
	...DEMO_SLOTS,
	limited('not-active', 1, { activeFromMs: NOW_MS + 60_000 }),
	limited('issue-ended', 2, { issueUntilMs: NOW_MS - 60_000 }),
	limited('expired', 3, { ken: 90 }),
	limited('limited', 4, { unitLimitDeciKwh: 500 }),
	limited('default-key', 5, { kt: 1 }),
	limited('common-key', 6, { kt: 3 }),
];

export const CONTRACT_KEYS: KeyStore = {
	rndSecret: Buffer.alloc(32, 9),
	keys: new Map(
		CONTRACT_SLOTS.map((slot, at) => [
			slot.slot,
			// 0x01, 0x02, 0x04 … have odd parity, as DES wants it.
			{ ...slot, bytes: Buffer.alloc(slot.dkga === 2 ? 8 : 20, slot.dkga === 2 ? 1 : at + 1) },
		]),
	),
};

/** Register of each slot. */
const registerOf = (at: number) => at + 10;

export const SIMULATED_KEYS: readonly SimulatedKey[] = CONTRACT_SLOTS.map((slot, at) => ({
	...CONTRACT_KEYS.keys.get(slot.slot)!,
	register: registerOf(at),
}));

/** The operator's file for the simulator, as text. */
export function registersText(change: object = {}): string {
	return JSON.stringify({
		testKeys: true,
		keys: CONTRACT_SLOTS.map((slot, at) => ({
			...{ slot: slot.slot, register: registerOf(at), sgc: slot.sgc, krn: slot.krn, kt: slot.kt },
			...{ dkga: slot.dkga, baseYear: slot.baseYear, ken: slot.ken },
			activeFrom: new Date(slot.activeFromMs).toISOString(),
			issueUntil: slot.issueUntilMs === null ? null : new Date(slot.issueUntilMs).toISOString(),
			unitLimitDeciKwh: slot.unitLimitDeciKwh,
		})),
		...change,
	});
}
