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
import type { MethodTarget } from '#lib/core/dlms/apdu/target.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import { policyOfVersion1 } from '#lib/core/dlms/security/policy.ts';
import { invokeMethod, readAttribute, writeAttribute } from '#lib/core/meter/cosem/answer.ts';
import { METER_CONFORMANCE, METER_MAX_PDU } from '#lib/core/meter/cosem/association-objects.ts';
import {
	CLIENT_SETUPS,
	type ClientSetup,
	clientSetupOf,
	type KeySet,
	secretOf,
} from '#lib/core/meter/cosem/client-setups.ts';
import {
	advanceCosemMeter,
	changeMeter,
	type CosemMeter,
} from '#lib/core/meter/cosem/cosem-meter.ts';
import type { Question } from '#lib/core/meter/cosem/cosem-object.ts';
import { systemTitleOf } from '#lib/core/meter/cosem/identity-objects.ts';
import { isRestarting } from '#lib/core/meter/cosem/image-transfer.ts';
import { securityPolicyOf } from '#lib/core/meter/cosem/security-setup.ts';
import { ENTER, TOKEN_GATEWAY } from '#lib/core/meter/cosem/token-gateway.ts';
import { hasPlant, type PlantName } from '#lib/core/meter/plants.ts';
import type { VirtualMeter } from '#lib/core/meter/virtual-meter.ts';
import { DeviceCounters } from './device-counters.ts';
import { MeterLink } from './meter-link.ts';

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

const isEnter = ({ classId, logicalName, method }: MethodTarget): boolean =>
	classId === TOKEN_GATEWAY.classId &&
	logicalName === TOKEN_GATEWAY.logicalName &&
	method === ENTER;

const CHALLENGE_OCTETS = 16;

export class VirtualMeterDevice {
	readonly #host: DeviceHost;
	readonly #counters: DeviceCounters;
	readonly #settings: MeterSettings;
	#meter: CosemMeter;
	#changes = 0;

	constructor(state: DeviceState, host: DeviceHost) {
		this.#host = host;
		this.#meter = state.meter;
		this.#counters = new DeviceCounters(state.counters);
		const title = (): Uint8Array => systemTitleOf(this.#meter.meter);
		this.#settings = {
			application: this.#application(),
			departures: {
				servesUnprotected: (target) => isEnter(target) && this.#has('takes-plain-enter'),
				takesOldCounters: () => this.#has('takes-a-replayed-counter'),
				takesAnyProof: () => this.#has('takes-any-proof'),
			},
			setups: CLIENT_SETUPS.map((setup) => this.#associationSetup(setup)),
			get systemTitle() {
				return title();
			},
			counters: this.#counters.port(() => (this.#changes += 1)),
			challenge: () => host.random(CHALLENGE_OCTETS),
			maxPdu: METER_MAX_PDU,
		};
	}

	/** The meter brought to now, and its counters. */
	get state(): DeviceState {
		this.#advance();
		return { meter: this.#meter, counters: this.#counters.values };
	}

	/** Rises with every change that must not be lost: a counter, a write, a method, a hand. */
	get changes(): number {
		return this.#changes;
	}

	/** The meter's end of one more stream. */
	endpoint(link: MessageLink): MeterEndpoint {
		const watched = {
			restarts: () => {
				this.#advance();
				return this.#meter.restarts;
			},
			answersRubbish: () => this.#has('answers-rubbish'),
			answersHalf: () => this.#has('half-an-answer'),
		};
		return new MeterEndpoint(new MeterLink(link, watched), this.#settings);
	}

	/** Something that happens to the meter beside the wire: a key, a load, a cover. */
	change(by: (meter: CosemMeter, instantMs: number) => CosemMeter): void {
		const instantMs = this.#advance();
		this.#adopt(by(this.#meter, instantMs));
	}

	/** As `change`, of the meter itself. */
	changeMeter(by: (meter: VirtualMeter, instantMs: number) => VirtualMeter): void {
		this.change((meter, instantMs) => changeMeter(meter, instantMs, by));
	}

	#has(name: PlantName): boolean {
		return hasPlant(this.#meter.meter, name);
	}

	#advance(): number {
		const nowMs = this.#host.nowMs();
		this.#meter = advanceCosemMeter(this.#meter, nowMs);
		return nowMs;
	}

	/** Everything for an answer; or why there is none: an unknown client, a meter that is just starting. */
	#question({
		client,
	}: Access): Question | { readonly refused: 'read-write-denied' | 'temporary-failure' } {
		const asking = clientSetupOf(client);
		if (!asking) return { refused: 'read-write-denied' };
		const instantMs = this.#advance();
		if (isRestarting(this.#meter.image)) return { refused: 'temporary-failure' };
		const highestCounter = this.#counters.highestReceived;
		return { meter: this.#meter, instantMs, asking, highestCounter };
	}

	/** Who asks for a method; a planted fault lets anybody enter a token in the clear. */
	#caller(question: Question, target: MethodTarget, { control }: Access): Question {
		const isLet = control === undefined && isEnter(target) && this.#has('takes-plain-enter');
		return isLet ? { ...question, asking: { ...question.asking, role: 'reading' } } : question;
	}

	#application(): MeterApplication {
		return {
			read: (target, access) => {
				const question = this.#question(access);
				return 'refused' in question ? question : readAttribute(question, target);
			},
			write: (target, data, access) => {
				const question = this.#question(access);
				if ('refused' in question) return question.refused;
				const written = writeAttribute(question, target, data);
				if ('refused' in written) return written.refused;
				this.#adopt(written.meter);
				return 'success';
			},
			invoke: (target, parameter, access) => {
				const question = this.#question(access);
				if ('refused' in question) return { result: question.refused };
				const caller = this.#caller(question, target, access);
				const invoked = invokeMethod(caller, target, parameter);
				if (invoked.meter) this.#adopt(invoked.meter);
				if ('refused' in invoked) return { result: invoked.refused };
				const { returned } = invoked;
				return { result: 'success', ...(returned && { returned }) };
			},
		};
	}

	#adopt(meter: CosemMeter): void {
		this.#meter = meter;
		this.#changes += 1;
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
