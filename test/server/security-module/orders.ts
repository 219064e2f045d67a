/** Orders of the security module's tests: one meter of the public-test estate, one moment. */
import type {
	CreditOrder,
	KeyChangeOrder,
	ManagementOrder,
	TokenTarget,
} from '#lib/server/security-module/port.ts';
import { PUBLIC_TEST_SGC } from '#lib/server/security-module/demo-slots.ts';

export const NOW_MS = Date.UTC(2026, 10, 20, 6, 30);

export const TARGET: TokenTarget = {
	slot: 'public-test',
	drn: '00000000018',
	sgc: PUBLIC_TEST_SGC,
	krn: 1,
	ti: '01',
	ea: 11,
	tct: '02',
};

export const CREDIT: CreditOrder = {
	...TARGET,
	requestId: 'request-1',
	amountDeciKwh: 200,
	tid: 6_776_000,
	nowMs: NOW_MS,
};

export const MANAGEMENT: ManagementOrder = {
	...TARGET,
	requestId: 'request-2',
	wish: { kind: 'set-power-limit', watts: 9_000 },
	tid: 6_776_002,
	nowMs: NOW_MS,
};

/** From tariff index 01 to 02 under the same vending key. */
export const KEY_CHANGE: KeyChangeOrder = {
	requestId: 'request-3',
	from: TARGET,
	to: { slot: TARGET.slot, sgc: TARGET.sgc, krn: TARGET.krn, ti: '02' },
	sections: 4,
	nowMs: NOW_MS,
};
