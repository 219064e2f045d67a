/**
 * What a technician may do to a meter beside reading it, as a table, and the one decision whether it may be
 * done now. Who may is told by the backend; here it keeps an honest person from a mistake.
 */

interface DeedRow {
	/** Done by class 2 tokens through the gateway, which the backend makes. */
	readonly byToken: boolean;
	/** Only for meters on the bench. */
	readonly lab: boolean;
	/** Somebody's light may go out by it. */
	readonly cutsSupply: boolean;
}

const row = (more: Partial<DeedRow> = {}): DeedRow => ({
	...{ byToken: false, lab: false, cutsSupply: false },
	...more,
});

export const DEEDS = {
	'set-clock': row(),
	disconnect: row({ cutsSupply: true }),
	reconnect: row(),
	'clear-tamper': row({ byToken: true }),
	'set-power-limit': row({ byToken: true, cutsSupply: true }),
	'set-phase-unbalance-limit': row({ byToken: true, cutsSupply: true }),
	'clear-credit': row({ byToken: true, cutsSupply: true }),
	'change-key': row({ byToken: true }),
	'transfer-image': row({ lab: true }),
} as const;
export type Deed = keyof typeof DEEDS;

/** Roles that do each deed, by the backend's names; an operator may have others. */
export type DeedRoles = Readonly<Record<Deed, readonly string[]>>;

const TECHNICIAN = ['technician'] as const;

/** All of it is a technician's work; who makes the tokens is the backend's business. */
export const USUAL_ROLES: DeedRoles = {
	'set-clock': TECHNICIAN,
	disconnect: TECHNICIAN,
	reconnect: TECHNICIAN,
	'clear-tamper': TECHNICIAN,
	'set-power-limit': TECHNICIAN,
	'set-phase-unbalance-limit': TECHNICIAN,
	'clear-credit': TECHNICIAN,
	'change-key': TECHNICIAN,
	'transfer-image': TECHNICIAN,
};

/** Characters of a reason, as the backend takes it. */
export const REASON_LENGTH = { least: 3, most: 500 } as const;

/** Why a deed is not done, in order of precedence. */
export const DEED_REFUSALS = [
	'not-your-role',
	'lab-only',
	'reason-missing',
	'reason-too-short',
	'reason-too-long',
	/** Its token is made by the backend, which cannot be reached, and none was brought along. */
	'needs-network',
] as const;
export type DeedRefusal = (typeof DEED_REFUSALS)[number];

export interface DeedWish {
	readonly deed: Deed;
	readonly role: string;
	/** Why it is done, in the person's own words. */
	readonly reason: string;
	/** Whether the backend answers. */
	readonly online: boolean;
	/** Whether the tokens for it are on this device, from a job pack. */
	readonly tokensInHand: boolean;
	/** Whether lab functions are switched on. */
	readonly labFunction: boolean;
}

/** Whether a deed may be done, and with what reason it is written down. */
export function decideEngineering(
	wish: DeedWish,
	roles: DeedRoles = USUAL_ROLES,
): { readonly reason: string } | { readonly refusal: DeedRefusal } {
	const { byToken, lab } = DEEDS[wish.deed];
	const reason = wish.reason.trim().replace(/\s+/g, ' ');
	if (!roles[wish.deed].includes(wish.role)) return { refusal: 'not-your-role' };
	if (lab && !wish.labFunction) return { refusal: 'lab-only' };
	if (reason === '') return { refusal: 'reason-missing' };
	if (reason.length < REASON_LENGTH.least) return { refusal: 'reason-too-short' };
	if (reason.length > REASON_LENGTH.most) return { refusal: 'reason-too-long' };
	if (byToken && !wish.online && !wish.tokensInHand) return { refusal: 'needs-network' };
	return { reason };
}
