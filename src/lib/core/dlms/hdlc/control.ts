/**
 * The control octet (IEC 62056-46, 6.4.3; ISO/IEC 13239): what a frame is, its poll/final bit and, for
 * numbered frames, N(S) and N(R) modulo 8.
 */

/** Frames without numbers: the octet with the poll/final bit clear. */
const UNNUMBERED = [
	{ type: 'SNRM', octet: 0x83 },
	{ type: 'UA', octet: 0x63 },
	{ type: 'DISC', octet: 0x43 },
	{ type: 'DM', octet: 0x0f },
	{ type: 'FRMR', octet: 0x87 },
	{ type: 'UI', octet: 0x03 },
] as const;

/** Frames that carry N(R) only: the low nibble. */
const SUPERVISORY = [
	{ type: 'RR', octet: 0x01 },
	{ type: 'RNR', octet: 0x05 },
	{ type: 'REJ', octet: 0x09 },
] as const;

export type UnnumberedType = (typeof UNNUMBERED)[number]['type'];
export type SupervisoryType = (typeof SUPERVISORY)[number]['type'];
export type FrameType = 'I' | SupervisoryType | UnnumberedType;

export type Control =
	/** N(S) and N(R) are 0 … 7. */
	| {
			readonly type: 'I';
			readonly pollFinal: boolean;
			readonly sendNumber: number;
			readonly receiveNumber: number;
	  }
	| {
			readonly type: SupervisoryType;
			readonly pollFinal: boolean;
			readonly receiveNumber: number;
	  }
	| { readonly type: UnnumberedType; readonly pollFinal: boolean };

const POLL_FINAL = 0x10;

/** What a control octet says; undefined for an octet that no frame of this profile has. */
export function decodeControl(octet: number): Control | undefined {
	const pollFinal = (octet & POLL_FINAL) !== 0;
	const receiveNumber = octet >>> 5;
	if ((octet & 1) === 0)
		return { type: 'I', pollFinal, sendNumber: (octet >>> 1) & 7, receiveNumber };
	for (const row of SUPERVISORY)
		if ((octet & 0x0f) === row.octet) return { type: row.type, pollFinal, receiveNumber };
	for (const row of UNNUMBERED)
		if ((octet & ~POLL_FINAL) === row.octet) return { type: row.type, pollFinal };
	return undefined;
}

export function encodeControl(control: Control): number {
	const poll = control.pollFinal ? POLL_FINAL : 0;
	if (control.type === 'I') return (control.receiveNumber << 5) | poll | (control.sendNumber << 1);
	if ('receiveNumber' in control)
		return (control.receiveNumber << 5) | poll | octetOf(SUPERVISORY, control.type);
	return poll | octetOf(UNNUMBERED, control.type);
}

function octetOf<Row extends { type: string; octet: number }>(
	rows: readonly Row[],
	type: Row['type'],
): number {
	return (rows.find((row) => row.type === type) as Row).octet;
}
