/**
 * What there is that needs a second person: who may propose it, who may decide, what is looked at before
 * anybody is asked to, and what is done once they agree.
 */
import type { ApprovalWish } from '#lib/core/sync/wire-approvals.ts';
import type { Caller } from '../access/caller.ts';
import type { Capability } from '../access/roles.ts';
import type { Write } from '../database/open.ts';
import type { Refusal } from '../refusal.ts';
import { carryOutKeyWish, checkKeyWish } from './key-wish.ts';
import { carryOutMeterTariff, checkMeterTariff } from './meter-tariff-wish.ts';
import { carryOutReserveReturn, checkReserveReturn } from './reserve-wish.ts';
import { carryOutTariff, checkTariff } from './tariff-wish.ts';
import { carryOutUnblock, checkUnblock } from './unblock-wish.ts';
import { carryOutVend, checkVend } from './vend-wish.ts';

/** A wish that was agreed to just now. */
export interface Agreed<Wish> {
	/** The proposal's. */
	readonly id: string;
	readonly proposedBy: string;
	/** Why, in the words of who proposed it. */
	readonly reason: string;
	readonly wish: Wish;
	/** Who agreed. */
	readonly caller: Caller;
}

interface KindRow<Wish> {
	readonly propose: Capability;
	readonly decide: Capability;
	/** Whether it can be done as things are, before it is proposed. Writes nothing. */
	readonly check: (
		write: Write,
		caller: Caller,
		wish: Wish,
		nowMs: number,
	) => Promise<Refusal | undefined>;
	/** Does it, in the transaction of the decision. Refused: nothing was written. */
	readonly carryOut: (
		write: Write,
		agreed: Agreed<Wish>,
		nowMs: number,
	) => Promise<Refusal | undefined>;
	/** Whether it becomes a vend, whose tokens are made when the transaction is over. */
	readonly isVend: boolean;
}

type Kind = ApprovalWish['kind'];
type WishOf<K extends Kind> = Extract<ApprovalWish, { kind: K }>;

const VEND = { check: checkVend, carryOut: carryOutVend, isVend: true } as const;
const OFFICE = {
	propose: 'approval.propose-office',
	decide: 'approval.decide-office',
} as const satisfies Partial<KindRow<never>>;

const KINDS: { readonly [K in Kind]: KindRow<WishOf<K>> } = {
	'free-issue': { ...OFFICE, ...VEND },
	engineering: { ...OFFICE, propose: 'approval.propose-engineering', ...VEND },
	'key-change': { ...OFFICE, ...VEND },
	tariff: {
		propose: 'approval.propose-tariff',
		decide: 'approval.decide-tariff',
		check: checkTariff,
		carryOut: carryOutTariff,
		isVend: false,
	},
	'meter-tariff': {
		...OFFICE,
		check: checkMeterTariff,
		carryOut: carryOutMeterTariff,
		isVend: false,
	},
	'meter-unblock': { ...OFFICE, check: checkUnblock, carryOut: carryOutUnblock, isVend: false },
	'supply-group-key': {
		propose: 'approval.propose-key',
		decide: 'approval.decide-key',
		check: checkKeyWish,
		carryOut: carryOutKeyWish,
		isVend: false,
	},
	'reserve-return': {
		...OFFICE,
		check: checkReserveReturn,
		carryOut: carryOutReserveReturn,
		isVend: false,
	},
};

/** The row of a wish's kind. */
export function kindOf(wish: ApprovalWish): KindRow<ApprovalWish> {
	// Each row takes the wishes of its own kind, which is how it was found.
	return KINDS[wish.kind] as unknown as KindRow<ApprovalWish>;
}
