/** The probe doctor: what it tries, and for each cause what was seen, what it means and what to do. */
import type { DoctorFacts } from '#lib/core/field/doctor/facts.ts';
import type { DoctorFindingKind } from '#lib/core/field/doctor/finding.ts';
import type { DoctorStepName } from '#lib/core/field/doctor/trial.ts';

interface FindingWords {
	readonly title: string;
	/** What was seen, and what it means. */
	readonly meaning: (facts: DoctorFacts) => string;
	/** The next step, with one's hands; empty where there is nothing to do. */
	readonly action: (facts: DoctorFacts) => string;
}

const who = (meter: string): string => (meter === '' ? 'The meter' : `The meter ${meter}`);

const steps: Record<DoctorStepName, (baud: string) => string> = {
	listen: () => 'Listening before anything is said',
	'usual-rate': (baud) => `Asking at ${baud} baud`,
	'sign-on': () => 'Signing on at 300 baud',
	'change-rate': (baud) => `Changing to ${baud} baud`,
	talk: (baud) => `A meter is heard. Asking who it is at ${baud} baud`,
	'other-rate': (baud) => `Knocking at ${baud} baud`,
	'wake-up': () => 'Waking a meter that may sleep',
	'other-parity': (baud) => `Trying another parity at ${baud} baud`,
	'sign-on-again': () => 'Signing on once more at 300 baud',
};

const findings: Record<DoctorFindingKind, FindingWords> = {
	healthy: {
		title: 'The line is in order',
		meaning: ({ meter, baud, address }) =>
			`${who(meter)} answers at ${baud} baud, address ${address}.`,
		action: () => '',
	},
	echo: {
		title: 'The probe echoes',
		meaning: ({ meter, baud }) =>
			`What we send comes back to us, and after it the answer of ${meter === '' ? 'the meter' : `the meter ${meter}`} at ${baud} baud. Many probes are built so, and the session passes over it.`,
		action: () => '',
	},
	noise: {
		title: 'There is noise on the line',
		meaning: ({ meter, baud }) =>
			`Signals come that nobody sent. ${who(meter)} answers all the same at ${baud} baud, but answers may be lost.`,
		action: () => 'Shade the probe from sun and lamps, and press it flat on the meter.',
	},
	'left-open': {
		title: 'An old session was still open',
		meaning: ({ meter }) =>
			`${who(meter)} was still waiting for whoever spoke to it last, and heard nobody else. That session is ended now, and the meter is free.`,
		action: () => 'Connect now. At the end, disconnect before you take the probe away.',
	},
	asleep: {
		title: 'The meter was asleep',
		meaning: () =>
			'It runs on a battery and listens only when it is woken. It answered after that.',
		action: () => 'Connect within half a minute, or press a key on the meter first.',
	},
	'wrong-form': {
		title: 'The parity is not the usual one',
		meaning: ({ meter, form }) =>
			`${who(meter)} speaks ${form}. The standard has 7E1 for the sign-on and 8N1 after it.`,
		action: ({ form }) =>
			`Look whether an adapter or the meter is set to ${form}, and set it as the standard has it.`,
	},
	'mode-e-only': {
		title: 'This meter wants a sign-on',
		meaning: ({ meter, baud }) =>
			`${who(meter)} answers only to a sign-on at 300 baud, and then speaks at ${baud} baud. Its profile says that it speaks HDLC at once.`,
		action: () => 'Choose opening in mode E in the profile.',
	},
	'direct-hdlc-only': {
		title: 'This meter takes no sign-on',
		meaning: ({ baud }) =>
			`It speaks HDLC at once at ${baud} baud. Its profile says that it signs on at 300 baud.`,
		action: ({ baud }) => `Choose direct HDLC at ${baud} baud in the profile.`,
	},
	'wrong-baud': {
		title: 'The rate is another one',
		meaning: ({ meter, baud }) =>
			`${who(meter)} speaks at ${baud} baud, not at the rate it was to have.`,
		action: ({ baud }) => `Set the rate to ${baud} baud in the profile.`,
	},
	'wrong-address': {
		title: 'The address is another one',
		meaning: ({ meter, address, addressOctets }) =>
			`${who(meter)} answers to address ${address} in ${addressOctets} ${addressOctets === '1' ? 'byte' : 'bytes'}, not to the one in its profile.`,
		action: ({ address }) => `Set the address to ${address} in the profile.`,
	},
	'nothing-heard': {
		title: 'Nothing is heard',
		meaning: () =>
			'Not one sign came back, whatever was tried. Either the meter does not hear us, or we do not hear it, or one of the two has no power. From here these look alike.',
		action: () =>
			'See that the probe sits flat and its cable points down, turn it a little, and try again. Then try another probe, and see whether the meter has power.',
	},
	'echo-alone': {
		title: 'Only our own echo is heard',
		meaning: () =>
			'The cable and the probe work: what we send comes back. The meter does not answer.',
		action: () =>
			'See that the probe sits straight on the meter’s port, turn it until the magnet holds it, and see whether the meter has power.',
	},
	'only-noise': {
		title: 'Only noise is heard',
		meaning: () => 'Signals come that nobody sent, and no meter is understood among them.',
		action: () =>
			'Shade the probe from sun and lamps, press it flat on the meter, and take its cable away from motors and chargers.',
	},
	'octets-lost': {
		title: 'Parts of answers are lost',
		meaning: ({ baud }) =>
			`The meter answers at ${baud} baud, and some of what it says does not arrive. The computer or the adapter does not keep up.`,
		action: () =>
			'Plug the probe straight into the computer, without a hub, close other programs, and try again. If it stays, try another adapter.',
	},
	'stuck-bit': {
		title: 'The adapter spoils what it receives',
		meaning: ({ bit, value }) =>
			`Bit ${bit} of everything that comes in is ${value}. A meter does not do that; the probe or its adapter is broken.`,
		action: () => 'Use another probe.',
	},
	garbled: {
		title: 'Answers arrive spoiled',
		meaning: ({ baud }) => `Something answers at ${baud} baud, and nothing of it can be read.`,
		action: () =>
			'Clean the meter’s window and the probe, press the probe flat on the meter, and try again.',
	},
	'no-hdlc': {
		title: 'The meter signs on and then falls silent',
		meaning: ({ meter }) =>
			`${who(meter)} says who it is, and speaks no HDLC after that at any rate or address we know.`,
		action: () =>
			'It may have an address of its own: look for it on the meter or in its papers. It may also be a meter without DLMS.',
	},
	'no-connection': {
		title: 'The meter takes no connection',
		meaning: ({ baud, address }) =>
			`It is there at ${baud} baud, address ${address}, and does not let anybody connect.`,
		action: () =>
			'Another program may be connected to it by another way. Wait two minutes and try again.',
	},
};

export const doctor = {
	title: 'Probe doctor',
	lead: 'Finds out why a meter is not heard. It only asks; nothing in the meter changes.',
	start: 'Look for the cause',
	stop: 'Stop',
	progress: (at: string, of: string) => `Step ${at} of ${of}`,
	steps,
	/** Beside the step, as long as not one octet came. */
	silentSoFar:
		'Nothing has been heard so far. See that the probe sits flat and straight, while the other rates are tried.',
	findings,
	calledOff: {
		title: 'Stopped',
		detail: 'The line was not looked at to the end. The meter is as it was.',
	},
	/** How the meter was reached, for the page and the log. */
	reached: {
		opening: { 'mode-e': 'Sign-on at 300 baud (mode E)', 'direct-hdlc': 'HDLC at once' },
		reaction: (milliseconds: string) => `Answers within ${milliseconds} ms`,
		rate: (baud: string) => `${baud} baud`,
		address: (address: string, octets: string) =>
			`Address ${address}, ${octets} ${octets === '1' ? 'byte' : 'bytes'}`,
	},
};
