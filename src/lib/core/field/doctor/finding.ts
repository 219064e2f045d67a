/**
 * What the doctor ends with: one cause of a closed list. Where a meter answered, the finding says how, so
 * that a session can be opened with it.
 */
import type { HdlcAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { LinkParameters } from '#lib/core/dlms/hdlc/parameters.ts';
import type { Identification } from '#lib/core/dlms/opening/identification.ts';
import type { Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import type { PortForm } from './trial.ts';

/** How octets stand, without their rate. */
export type OctetForm = Omit<PortForm, 'baud'>;
export type SerialOpening = Exclude<Opening, 'wrapper'>;

/** How a meter was reached: what a session needs to know of the line. */
export interface LineFinding {
	readonly opening: SerialOpening;
	/** The rate of HDLC; in mode E the one to ask for. */
	readonly baud: number;
	/** The meter's address that it answered to. */
	readonly address: HdlcAddress;
	/** Form of HDLC: 8N1 but for a finding of `wrong-form`. */
	readonly form: OctetForm;
	/** Mode E: form of the opening, 7E1 but for a finding of `wrong-form`. */
	readonly openingForm?: OctetForm;
	readonly identification?: Identification;
	/** What we send comes back and is to be passed over. */
	readonly echo: boolean;
	/** The meter sleeps, and is woken by octets 00 before the opening. */
	readonly wakeUp: boolean;
	/** Mode E: whether the meter repeated the option select. */
	readonly confirms?: boolean;
	/** The longest it took to answer, in milliseconds, with all that driver and port add. */
	readonly reactionMs: number;
	/** What its UA agreed to, from our point of view. */
	readonly parameters: LinkParameters;
}

/** Causes with which a session can be opened all the same; the finding says how. */
export const REACHED_KINDS = [
	/** Nothing is wrong. */
	'healthy',
	/** What we send comes back; a session passes over it. */
	'echo',
	/** Octets come that nobody sent. */
	'noise',
	/** A session was never ended; it is now. */
	'left-open',
	/** The meter sleeps and was woken. */
	'asleep',
	/** Other parity or another number of bits than the standard has. */
	'wrong-form',
	/** The meter signs on, and HDLC at once was expected. */
	'mode-e-only',
	/** The meter speaks HDLC at once, and a sign-on was expected. */
	'direct-hdlc-only',
	/** Another rate than was expected, or than the meter announced. */
	'wrong-baud',
	/** Another HDLC address than was expected. */
	'wrong-address',
] as const;
export type ReachedKind = (typeof REACHED_KINDS)[number];

/** The one cause. */
export type DoctorFinding =
	| { readonly kind: ReachedKind; readonly line: LineFinding }
	/** Not one octet came, whatever was tried: which side does not hear cannot be known. */
	| { readonly kind: 'nothing-heard' }
	/** Our own octets came back and nothing else: the port and the probe work. */
	| { readonly kind: 'echo-alone' }
	/** Octets came by themselves, and no meter was understood among them. */
	| { readonly kind: 'only-noise' }
	/** Answers lack octets. */
	| { readonly kind: 'octets-lost'; readonly baud: number }
	/** One bit of every octet is always the same: 0 … 7, the lowest is 0. */
	| {
			readonly kind: 'stuck-bit';
			readonly bit: number;
			readonly value: 0 | 1;
			readonly baud: number;
	  }
	/** Something answers at this rate and arrives damaged, in no way that is known. */
	| { readonly kind: 'garbled'; readonly baud: number }
	/** The meter signs on, and no HDLC is heard after it at any rate or address. */
	| { readonly kind: 'no-hdlc'; readonly identification: Identification }
	/** HDLC is there at this rate, and the meter takes no connection. */
	| { readonly kind: 'no-connection'; readonly baud: number; readonly address: HdlcAddress };
export type DoctorFindingKind = DoctorFinding['kind'];

/** What whoever asks the doctor believes of the meter; whatever is absent may be anything. */
export interface LineExpectation {
	readonly openings?: readonly SerialOpening[];
	/** Rate of direct HDLC. */
	readonly baud?: number;
	readonly address?: HdlcAddress;
}
