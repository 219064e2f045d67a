/** How a meter behaves on its line: what the standards leave open, and what makers do all the same. */
import type { LineSettings } from './line.ts';

/** How octets stand, without their rate. */
export type OctetForm = Omit<LineSettings, 'baud'>;

export interface MeterManner {
	/** `mode-e`: signs on at 300 baud. `direct`: HDLC at once, and deaf to a sign-on. */
	readonly opening: 'mode-e' | 'direct';
	/** Direct: its rate, 300 … 115 200. Mode E: the highest rate it announces, 300 … 19 200. */
	readonly baud: number;
	/** Three letters; a lower-case last one promises a reaction within 20 ms. */
	readonly maker: string;
	/** What follows in the identification: up to 16 characters. */
	readonly text: string;
	/** Form of the opening: 7E1 by the standard. */
	readonly openingForm: OctetForm;
	/** Form of HDLC: 8N1. */
	readonly hdlcForm: OctetForm;
	/** The rate HDLC really runs at, whatever was agreed. */
	readonly hdlcBaud?: number;
	/** Whether it repeats the option select, as the standard has it; many do not. */
	readonly confirms: boolean;
	/** Whether HDLC instead of a sign-on, at 300 baud, is taken. */
	readonly takesHdlcAtOnce: boolean;
	/** Time before it answers: 200 ms by the standard (20 where promised), at most 1500. */
	readonly reactionMs: number;
	/** Takes SNRM only once DISC has cleared what was before. */
	readonly onlyAfterDisc: boolean;
	/** Runs on a battery and sleeps: wakes on 40 octets 00, and takes a second for it. */
	readonly sleeps: boolean;
	/** Somebody else's session was left: HDLC of a client SAP, or programming mode (mode C). */
	readonly leftOpen?: { readonly client: number } | 'programming';
	/** Silence after which a client has gone: 120 s where HDLC says nothing else. */
	readonly inactivityMs: number;
}

/** A meter as the standards have it, in mode E. */
export const STANDARD_MANNER: MeterManner = {
	opening: 'mode-e',
	baud: 9600,
	maker: 'TKL',
	text: 'TOKENLINE',
	openingForm: { dataBits: 7, parity: 'even' },
	hdlcForm: { dataBits: 8, parity: 'none' },
	confirms: true,
	takesHdlcAtOnce: true,
	reactionMs: 200,
	onlyAfterDisc: false,
	sleeps: false,
	inactivityMs: 120_000,
};
