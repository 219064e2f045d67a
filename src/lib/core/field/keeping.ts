/**
 * What can be wrong with what a device keeps, seals and hands in: closed lists, because each of them has its
 * sentence in `core/words`. Where they arise is said at each.
 */

/** Why a vault cannot be opened by any PIN. Only making it anew helps; what is in it is lost. */
export const VAULT_DAMAGES = [
	/** Its row is not what was written on this device. */
	'row-damaged',
	/** The browser has lost the device's keys. */
	'device-keys-missing',
	/** A newer version of the app wrote it: loading the page again helps. */
	'newer-version',
] as const;
export type VaultDamage = (typeof VAULT_DAMAGES)[number];

/** Why a sealed record is not given. */
export const UNSEAL_REFUSALS = [
	'locked',
	'absent',
	/** Its time is over; it is destroyed. */
	'expired',
	/** It is not what was sealed under this name. */
	'damaged',
	/** A newer version of the app sealed it. */
	'newer-version',
] as const;
export type UnsealRefusal = (typeof UNSEAL_REFUSALS)[number];

/** How a sealed record ends. */
export const SEALED_ENDS = [
	/** Its owner was done with it. */
	'closed',
	/** Its time was over. */
	'expired',
	'signed-out',
	/** A newer one took its place. */
	'replaced',
	/** The PIN was wrong too often. */
	'pin-wrong',
] as const;
export type SealedEnd = (typeof SEALED_ENDS)[number];

/** Why a job pack that came is not taken, in order of precedence. */
export const PACK_REFUSALS = [
	'too-large',
	/** It is for another device or person, or its outside says other things than its inside. */
	'not-ours',
	/** It does not open with this device's key. */
	'not-opened',
	/** What is inside is not a pack that this version of the app knows. */
	'unreadable',
	/** Its time is over. */
	'expired',
] as const;
export type PackRefusal = (typeof PACK_REFUSALS)[number];

/** Why nothing more of a journal is sent. */
export const FIELD_STOPS = [
	/** Nobody is signed in, or somebody whose device this is not. */
	'sign-in',
	/** The office does not know the device yet. */
	'not-registered',
	/** Two entries have one number: the device went on from an older state, or there are two of it. */
	'fork',
	/** The office has switched the device off, and takes nothing more of it. */
	'revoked',
	/** The office does not take an entry as it is. */
	'refused',
	/** The journal on this device is not what was written. */
	'journal-broken',
] as const;
export type FieldStopReason = (typeof FIELD_STOPS)[number];

/** What the browser's database does to us. Whatever ends in one of them has written nothing. */
export const STORE_FAULT_KINDS = [
	/** No place is left on the device, or the browser gives us no more of it. */
	'no-space',
	/** Another tab runs a newer version of the app, or the database was written by one. */
	'newer-version',
	/** The browser keeps nothing for us: a private window, or site data switched off. */
	'not-allowed',
	/** Another tab went on from where this one stood; what this one has in memory is no longer true. */
	'other-tab',
	/** It cannot be read or written, for a reason nobody gives. */
	'failed',
] as const;
export type StoreFaultKind = (typeof STORE_FAULT_KINDS)[number];

/** What a browser can withhold from a vault. */
export const VAULT_FAULT_KINDS = [
	/** The page came over a connection that is not secure, so that the browser gives it no cryptography. */
	'no-web-crypto',
	/** The PIN's worker cannot run: switched off, or no memory for it. */
	'no-worker',
] as const;
export type VaultFaultKind = (typeof VAULT_FAULT_KINDS)[number];
