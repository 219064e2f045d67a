/**
 * What a run knows while it goes on: the meter as it was found, the key it has now, the identifiers that are
 * used, and what is still to be put right.
 *
 * Always holds: identifiers rise and none is given twice, except where a case wants just that.
 */
import type { Obis } from '../../dlms/cosem/obis.ts';
import type { MeterProfile } from '../../dlms/profile/meter-profile.ts';
import { encodeCreditToken } from '../../sts/credit-token.ts';
import type { Cipher } from '../../sts/ciphers/cipher.ts';
import { encodeManagementToken, type ManagementOrder } from '../../sts/management-token.ts';
import { isReservedTid, MAX_TID, minutesSince } from '../../sts/tid.ts';
import type { StsKey } from '../glance/sts-attributes.ts';
import { BenchKeys, type KeyPlace, type TestKey } from './test-key.ts';

/** The meter that a run is about, as those who ordered it know it. */
export interface BenchTarget {
	/** Eleven or thirteen digits. */
	readonly drn: string;
	readonly profile: Pick<
		MeterProfile,
		'tokenGateway' | 'tokenEncoding' | 'mechanism' | 'security' | 'invocationCounter'
	>;
	/** The system title it should have, sixteen hexadecimal digits; absent where nobody knows. */
	readonly expectedTitle?: string;
	/** Its key by the papers of the public-test estate; absent: cases that need one are not tried. */
	readonly testKey?: TestKey;
	/** What the maker says of it, where the standard leaves the choice. */
	readonly claims: { readonly lockout: boolean; readonly keyExpiry: boolean };
	/** Now, by our clock, epoch milliseconds. */
	readonly nowMs: number;
	/** The highest identifier that was given to it, where that is known. */
	readonly lastTid?: number;
}

/** What was read of the meter before the first token. */
export interface FoundMeter {
	readonly sts: Obis | undefined;
	readonly credit: Obis | undefined;
	readonly account: Obis | undefined;
	readonly relay: Obis | undefined;
	readonly limiter: Obis | undefined;
	readonly key: StsKey;
	/** Key-change tokens it takes: 2, 3 or 4; undefined where it does not tell. */
	readonly keyChangeTokens: number | undefined;
	/** Watt-hours in one unit of the credit; undefined where it is money, or not told. */
	readonly creditUnitWh: number | undefined;
	/** The credit, as the meter counts. */
	readonly creditBefore: number | undefined;
	/** Watts; undefined where there is none. */
	readonly limitW: number | undefined;
	/** Something is owed, so that a token is not credited whole. */
	readonly owes: boolean;
	/** As the meter names itself, and its firmware. */
	readonly deviceName: string | undefined;
	readonly firmware: string | undefined;
}

export const NOTHING_FOUND: FoundMeter = {
	sts: undefined,
	credit: undefined,
	account: undefined,
	relay: undefined,
	limiter: undefined,
	key: {},
	keyChangeTokens: undefined,
	creditUnitWh: undefined,
	creditBefore: undefined,
	limitW: undefined,
	owes: false,
	deviceName: undefined,
	firmware: undefined,
};

/** Chance is of no use here: the same run makes the same tokens. */
const RND = 5;
/** The first identifier lies above those that were sold within this minute. */
const AHEAD_MINUTES = 2;

export class Bench {
	readonly target: BenchTarget;
	found: FoundMeter = NOTHING_FOUND;
	/** Which key the meter has, as far as we know. */
	place: KeyPlace = 'home';
	/**
	 * The set of a key change of which the meter may hold sections. It is finished before another is begun:
	 * sections of two sets would make a key that nobody has.
	 */
	underWay: { readonly tokens: readonly string[]; readonly to: KeyPlace } | undefined;
	/** Wrong tokens were entered that a good one makes the meter forget. */
	unsettled = false;
	/** The meter has forgotten the tokens it took. */
	storeCleared = false;
	/** Tenths of a kilowatt-hour that are still to be given back. */
	owedUnits = 0;
	limitChanged = false;
	/** Watts of a limit that stays where there was none. */
	limitLeftW: number | undefined;
	/** Why no token of ours can be made or is taken; undefined where they are. */
	barred: 'no-test-key' | 'key-differs' | 'no-token-taken' | undefined;
	readonly #keys: BenchKeys | undefined;
	#nextTid: number;

	constructor(target: BenchTarget) {
		const { testKey, nowMs, lastTid = -1 } = target;
		this.target = target;
		this.#keys = testKey && new BenchKeys(testKey);
		this.barred = testKey ? undefined : 'no-test-key';
		const natural = testKey ? minutesSince(testKey.baseDate, nowMs) + AHEAD_MINUTES : 0;
		this.#nextTid = Math.max(natural, lastTid + 1, 0);
	}

	/** @throws {TypeError} slip: a case that needs a key was begun without one */
	get keys(): BenchKeys {
		if (!this.#keys) throw new TypeError('there is no test key');
		return this.#keys;
	}

	/** The next identifier. @throws {RangeError} slip: the era of the base date is over */
	takeTid(): number {
		if (isReservedTid(this.#nextTid)) this.#nextTid += 1;
		if (this.#nextTid > MAX_TID) throw new RangeError('no identifiers are left');
		return this.#nextTid++;
	}

	/** Goes on with identifiers so much later. */
	leap(minutes: number): void {
		this.#nextTid += minutes;
	}

	/** A credit for electricity under the key in the meter; units of 0.1 kWh. */
	credit(units: number, tid = this.takeTid(), cipher: Cipher = this.keys.cipher(this.place)) {
		const made = encodeCreditToken({ units, tid, rnd: RND }, cipher);
		if ('refusal' in made) throw new RangeError(made.refusal);
		return made.digits;
	}

	/** A management token under the key in the meter. */
	management(order: ManagementOrder): string {
		const stamp = { tid: this.takeTid(), rnd: RND };
		const made = encodeManagementToken(order, stamp, this.keys.cipher(this.place));
		if ('refusal' in made) throw new RangeError(made.refusal);
		return made.digits;
	}
}
