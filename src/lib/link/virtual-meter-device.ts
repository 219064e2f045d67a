/**
 * The virtual meter as a device that DLMS clients talk to: one meter value, however many streams; the
 * object model behind the port of the meter endpoint; one place for counters, so that all of it can be
 * kept together.
 */
import { parseHex } from '#lib/core/bytes/hex.ts';
import { MeterEndpoint } from '#lib/core/dlms/association/meter-endpoint.ts';
import type {
	Access,
	AssociationSetup,
	MeterApplication,
	MeterSettings,
} from '#lib/core/dlms/association/meter-settings.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import type { CounterPort } from '#lib/core/dlms/security/counter.ts';
import { policyOfVersion1 } from '#lib/core/dlms/security/policy.ts';
import { MAX_COUNTER } from '#lib/core/dlms/security/suite.ts';
import { invokeMethod, readAttribute, writeAttribute } from '#lib/core/meter/cosem/answer.ts';
import { METER_CONFORMANCE, METER_MAX_PDU } from '#lib/core/meter/cosem/association-objects.ts';
import {
	CLIENT_SETUPS,
	type ClientSetup,
	clientSetupOf,
	type KeySet,
	secretOf,
} from '#lib/core/meter/cosem/client-setups.ts';
import { advanceCosemMeter, type CosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';
import type { Question } from '#lib/core/meter/cosem/cosem-object.ts';
import { systemTitleOf } from '#lib/core/meter/cosem/identity-objects.ts';
import { securityPolicyOf } from '#lib/core/meter/cosem/security-setup.ts';

/** Everything a virtual meter must remember. */
export interface DeviceState {
	readonly meter: CosemMeter;
	/** Invocation counters by space. */
	readonly counters: Readonly<Record<string, number>>;
}

/** What a device needs of its host. */
export interface DeviceHost {
	nowMs(): number;
	/** Fresh chance. */
	random(octets: number): Uint8Array;
}

const CHALLENGE_OCTETS = 16;
const RECEIVE = 'receive-';

/** Clients whose counters are remembered. */
const MAX_COUNTER_SPACES = 1000;

export class VirtualMeterDevice {
	readonly #host: DeviceHost;
	readonly #counters: Map<string, number>;
	readonly #settings: MeterSettings;
	#meter: CosemMeter;
	#changes = 0;

	constructor(state: DeviceState, host: DeviceHost) {
		this.#host = host;
		this.#meter = state.meter;
		this.#counters = new Map(Object.entries(state.counters));
		this.#settings = {
			application: this.#application(),
			setups: CLIENT_SETUPS.map((setup) => this.#associationSetup(setup)),
			systemTitle: systemTitleOf(state.meter.meter),
			counters: this.#counterPort(),
			challenge: () => host.random(CHALLENGE_OCTETS),
			maxPdu: METER_MAX_PDU,
		};
	}

	/** The meter brought to now, and its counters. */
	get state(): DeviceState {
		this.#advance();
		return { meter: this.#meter, counters: Object.fromEntries(this.#counters) };
	}

	/** Rises with every change that must not be lost: a counter, a write, a method. */
	get changes(): number {
		return this.#changes;
	}

	/** The meter's end of one more stream. */
	endpoint(link: MessageLink): MeterEndpoint {
		return new MeterEndpoint(link, this.#settings);
	}

	#advance(): number {
		const nowMs = this.#host.nowMs();
		this.#meter = advanceCosemMeter(this.#meter, nowMs);
		return nowMs;
	}

	#question({ client }: Access): Question | undefined {
		const asking = clientSetupOf(client);
		if (!asking) return undefined;
		const instantMs = this.#advance();
		const highestCounter = this.#highestCounter();
		return { meter: this.#meter, instantMs, asking, highestCounter };
	}

	/** The port holds the least value that would be taken, one more than the last. */
	#highestCounter(): number {
		let highest = 1;
		for (const [space, value] of this.#counters)
			if (space.startsWith(RECEIVE)) highest = Math.max(highest, value);
		return highest - 1;
	}

	#application(): MeterApplication {
		return {
			read: (target, access) => {
				const question = this.#question(access);
				return question ? readAttribute(question, target) : { refused: 'read-write-denied' };
			},
			write: (target, data, access) => {
				const question = this.#question(access);
				if (!question) return 'read-write-denied';
				const written = writeAttribute(question, target, data);
				if ('refused' in written) return written.refused;
				this.#adopt(written.meter);
				return 'success';
			},
			invoke: (target, parameter, access) => {
				const question = this.#question(access);
				if (!question) return { result: 'read-write-denied' };
				const invoked = invokeMethod(question, target, parameter);
				if ('refused' in invoked) return { result: invoked.refused };
				this.#adopt(invoked.meter);
				const { returned } = invoked;
				return { result: 'success', ...(returned && { returned }) };
			},
		};
	}

	#adopt(meter: CosemMeter): void {
		this.#meter = meter;
		this.#changes += 1;
	}

	#counterPort(): CounterPort {
		return {
			read: (space) => this.#counters.get(space) ?? this.#firstCounter(),
			write: (space, value) => {
				this.#counters.set(space, value);
				this.#changes += 1;
			},
		};
	}

	/** A client too many starts where no counter is fresh: the keys are public, the room is not endless. */
	#firstCounter(): number {
		return this.#counters.size < MAX_COUNTER_SPACES ? 0 : MAX_COUNTER + 1;
	}

	#associationSetup(setup: ClientSetup): AssociationSetup {
		const { client, context, mechanism, keySet } = setup;
		const secret = secretOf(setup);
		return {
			client,
			context,
			mechanism,
			conformance: METER_CONFORMANCE,
			...(secret && { secret }),
			...(keySet !== undefined && { security: () => this.#securityOf(keySet) }),
		};
	}

	#securityOf(index: number): ReturnType<NonNullable<AssociationSetup['security']>> {
		const { suite, unicastHex, authenticationHex } = this.#meter.keySets[index] as KeySet;
		return {
			suite,
			keys: { unicast: parseHex(unicastHex), authentication: parseHex(authenticationHex) },
			policy: policyOfVersion1(securityPolicyOf(index)),
		};
	}
}
