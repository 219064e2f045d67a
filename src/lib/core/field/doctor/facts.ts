/** The facts of a finding as the sentences of `core/words` want them: short, formatted, without a unit that a language has words for. */
import type { HdlcAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { Identification } from '#lib/core/dlms/opening/identification.ts';
import type { DoctorFinding, OctetForm } from './finding.ts';

export interface DoctorFacts {
	/** `9600`; empty where no rate belongs to the finding. */
	readonly baud: string;
	/** Logical and physical device, `1` or `1/17`. */
	readonly address: string;
	/** Octets of the address, `1`, `2` or `4`. */
	readonly addressOctets: string;
	/** What the meter says it is, `TKL TOKENLINE`; empty where it does not sign on. */
	readonly meter: string;
	/** `7E1`, `8N1` …: the form that differs, else that of HDLC. */
	readonly form: string;
	/** Bit and value, where one is stuck: `3`, `1`. */
	readonly bit: string;
	readonly value: string;
}

const PARITY_LETTERS = { none: 'N', even: 'E', odd: 'O' } as const;

/** `7E1`: data bits, parity, stop bits. */
export function formatForm({ dataBits, parity }: OctetForm): string {
	return `${dataBits}${PARITY_LETTERS[parity]}1`;
}

/** `1/17`: logical and physical device. */
export function formatAddress({ upper, lower }: HdlcAddress): string {
	return lower === undefined ? String(upper) : `${upper}/${lower}`;
}

const formatMeter = ({ maker, text }: Identification): string => `${maker} ${text.trim()}`.trim();

/** The facts of a finding. */
export function doctorFacts(finding: DoctorFinding): DoctorFacts {
	const line = 'line' in finding ? finding.line : undefined;
	const address = line?.address ?? ('address' in finding ? finding.address : undefined);
	const baud = line?.baud ?? ('baud' in finding ? finding.baud : undefined);
	const identification =
		line?.identification ?? ('identification' in finding ? finding.identification : undefined);
	return {
		baud: baud === undefined ? '' : String(baud),
		address: address ? formatAddress(address) : '',
		addressOctets: address ? String(address.length) : '',
		meter: identification ? formatMeter(identification) : '',
		form: line ? formatForm(differentForm(line)) : '',
		bit: 'bit' in finding ? String(finding.bit) : '',
		value: 'value' in finding ? String(finding.value) : '',
	};
}

function differentForm(line: { form: OctetForm; openingForm?: OctetForm }): OctetForm {
	const { form, openingForm } = line;
	const usual = form.dataBits === 8 && form.parity === 'none';
	return usual && openingForm && openingForm.parity !== 'even' ? openingForm : form;
}
