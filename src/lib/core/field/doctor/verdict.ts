/** From what was noticed to the one cause: what stops a session comes first. */
import { type HdlcAddress, sameAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { LinkParameters } from '#lib/core/dlms/hdlc/parameters.ts';
import type { ModeE } from './ask-mode-e.ts';
import type { Case } from './case.ts';
import type { DoctorFinding, LineFinding, OctetForm, ReachedKind } from './finding.ts';
import type { OpeningParity } from './hearing.ts';
import type { PortForm } from './trial.ts';

/** A meter was reached. */
export interface Contact {
	readonly kind: 'contact';
	readonly line: LineFinding;
	readonly leftOpen: boolean;
	/** Absent for direct HDLC. */
	readonly reached?: ModeE;
}

interface Reached {
	readonly port: PortForm;
	readonly address: HdlcAddress;
	readonly parameters: LinkParameters;
}

const OPENING_FORMS: Readonly<Record<OpeningParity, OctetForm>> = {
	even: { dataBits: 7, parity: 'even' },
	odd: { dataBits: 7, parity: 'odd' },
	none: { dataBits: 8, parity: 'none' },
};

/** How a meter was reached, for a session. */
export function lineOf(examined: Case, reached: Reached | ModeE): LineFinding {
	const { port, address, parameters } = reached;
	const { baud, dataBits, parity } = port;
	const { echo, reactionMs } = examined;
	const common = { baud, address, form: { dataBits, parity }, parameters, echo, reactionMs };
	if (!('kind' in reached)) return { ...common, opening: 'direct-hdlc', wakeUp: false };
	const { signedOn, confirms } = reached;
	return {
		...common,
		opening: 'mode-e',
		openingForm: OPENING_FORMS[signedOn.answered ?? signedOn.asked],
		identification: signedOn.identification,
		confirms,
		wakeUp: false,
	};
}

/** The one cause, where a meter was reached. */
export function reachedFinding(examined: Case, contact: Contact): DoctorFinding {
	return { kind: kindOf(examined, contact), line: contact.line };
}

function kindOf({ noise, echo, facts }: Case, contact: Contact): ReachedKind {
	const { line, leftOpen, reached } = contact;
	const { openings, baud, address } = facts.expectation;
	if (noise) return 'noise';
	if (leftOpen) return 'left-open';
	if (line.wakeUp) return 'asleep';
	if (line.form.parity !== 'none' || (line.openingForm && line.openingForm.parity !== 'even'))
		return 'wrong-form';
	if (openings && !openings.includes(line.opening))
		return line.opening === 'mode-e' ? 'mode-e-only' : 'direct-hdlc-only';
	if (line.baud !== (reached ? reached.agreedBaud : (baud ?? line.baud))) return 'wrong-baud';
	if (address && !sameAddress(address, line.address)) return 'wrong-address';
	return echo ? 'echo' : 'healthy';
}

/** The one cause, where no meter was reached. */
export function unreachedFinding({ damage, noise, garbledAt, refused, echo }: Case): DoctorFinding {
	if (damage) return damage;
	// One place that is not understood answers; several are nobody.
	if (noise || garbledAt.size > 1) return { kind: 'only-noise' };
	if (refused) return { kind: 'no-connection', ...refused };
	const [baud] = garbledAt;
	if (baud !== undefined) return { kind: 'garbled', baud };
	return { kind: echo ? 'echo-alone' : 'nothing-heard' };
}
