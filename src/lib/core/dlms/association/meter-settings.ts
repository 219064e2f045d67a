/** What a meter offers: which client SAP associates how, and the application behind the services. */
import type { ContextName, MechanismName } from '../acse/names.ts';
import type { Conformance } from '../apdu/conformance.ts';
import type { ActionResult, DataAccessResult } from '../apdu/results.ts';
import type { AttributeTarget, MethodTarget } from '../apdu/target.ts';
import type { Data } from '../axdr/data-type.ts';
import type { KeyRing } from '../security/apdu-cipher.ts';
import type { CounterPort } from '../security/counter.ts';
import type { HlsKeys } from '../security/hls.ts';
import type { SecurityPolicy } from '../security/policy.ts';
import type { SuiteId } from '../security/suite.ts';

/** One way to associate. */
export interface AssociationSetup {
	/** The SAP that associates this way. */
	readonly client: number;
	readonly context: Extract<ContextName, 'logical-name' | 'logical-name-ciphered'>;
	readonly mechanism: MechanismName;
	/** The password of LLS, or the shared secret of HLS 2, 3, 4 and 6. */
	readonly secret?: Uint8Array;
	readonly signing?: Pick<HlsKeys, 'signingKey' | 'peerVerifyingKey'>;
	/** Read at each association, so that a key transfer holds from the next one on. */
	readonly security?: () => MeterSecurity;
	readonly conformance: Conformance;
}

/** The security set-up (class 64) behind an association. */
export interface MeterSecurity {
	readonly suite: SuiteId;
	readonly keys: KeyRing;
	readonly policy: SecurityPolicy;
	/** The only client that may, where the meter knows it. */
	readonly clientTitle?: Uint8Array;
}

/** Who asks: what rights depend on. */
export interface Access {
	readonly client: number;
	readonly device: number;
	readonly mechanism: MechanismName;
	/** Security control octet of the request; undefined where it came plain. */
	readonly control: number | undefined;
}

export type ReadOutcome = { readonly data: Data } | { readonly refused: DataAccessResult };

export interface InvokeOutcome {
	readonly result: ActionResult;
	readonly returned?: Data;
}

/** The objects of a meter. Every refusal is one of the standard's own results. */
export interface MeterApplication {
	read(target: AttributeTarget, access: Access): ReadOutcome;
	write(target: AttributeTarget, data: Data, access: Access): DataAccessResult;
	invoke(target: MethodTarget, parameter: Data | undefined, access: Access): InvokeOutcome;
}

/**
 * Where a meter departs from the rules, for tests that must find it; a meter that keeps them all has none.
 * Asked anew at each message.
 */
export interface Departures {
	/** Serves a method though the request came with less protection than is asked for. */
	readonly servesUnprotected?: (target: MethodTarget) => boolean;
	/** Takes invocation counters that were used. */
	readonly takesOldCounters?: () => boolean;
	/** Takes anything for the proof of pass 3. */
	readonly takesAnyProof?: () => boolean;
}

export interface MeterSettings {
	readonly application: MeterApplication;
	readonly departures?: Departures;
	readonly setups: readonly AssociationSetup[];
	/** 8 octets. */
	readonly systemTitle: Uint8Array;
	/** Spaces are named by key scope and client title. */
	readonly counters: CounterPort;
	/** 8 … 64 octets of chance, fresh at each call. */
	readonly challenge: () => Uint8Array;
	/** Longest APDU we take and make, 64 … 65535. */
	readonly maxPdu?: number;
	/** Blocks of a general block transfer we take before we acknowledge, 1 … 63. */
	readonly generalWindow?: number;
}
