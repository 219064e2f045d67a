/** What a technician may do to a meter: what each deed is, why not, and what came of it. */
import type { ClockRefusal, ClockVerdict } from '#lib/core/field/engineering/set-clock.ts';
import type { Deed, DeedRefusal } from '#lib/core/field/engineering/deeds.ts';
import type { ImageRefusal, ImageRun, ImageStop } from '#lib/core/field/engineering/image-run.ts';
import type {
	KeyRun,
	KeyRunRefusal,
	KeyVerdict,
	SetDelivery,
} from '#lib/core/field/engineering/key-run.ts';
import type {
	RelayExpectation,
	RelayRefusal,
	RelayVerdict,
	RelayWish,
} from '#lib/core/field/engineering/switch-relay.ts';

interface DeedWords {
	readonly title: string;
	readonly meaning: string;
	/** On the button that does it. */
	readonly act: string;
}

const deeds: Record<Deed, DeedWords> = {
	'set-clock': {
		title: 'Set the clock',
		meaning: 'The meter takes our time. Rows of its load profile may be short or long around it.',
		act: 'Set the clock',
	},
	disconnect: {
		title: 'Switch the supply off',
		meaning: 'The lights behind this meter go out.',
		act: 'Switch off',
	},
	reconnect: {
		title: 'Switch the supply on',
		meaning: 'There is voltage behind this meter at once. Make sure that nobody works there.',
		act: 'Switch on',
	},
	'clear-tamper': {
		title: 'Clear the tamper alarm',
		meaning: 'A token of the office clears it. What was found stays in the log.',
		act: 'Clear the alarm',
	},
	'set-power-limit': {
		title: 'Set the power limit',
		meaning: 'A token of the office sets above which load the meter switches off.',
		act: 'Set the limit',
	},
	'set-phase-unbalance-limit': {
		title: 'Set the limit between phases',
		meaning: 'A token of the office sets by how much the phases may differ.',
		act: 'Set the limit',
	},
	'clear-credit': {
		title: 'Wipe the credit',
		meaning: 'A token of the office wipes what the meter holds. It cannot be brought back here.',
		act: 'Wipe the credit',
	},
	'change-key': {
		title: 'Change the key',
		meaning:
			'The meter takes the new key when all tokens of the set are in. Tokens made under the old key no longer work then.',
		act: 'Change the key',
	},
	'transfer-image': {
		title: 'Send firmware',
		meaning:
			'A lab function. A meter that loses its power in the middle may be lost; never do this to a meter that somebody lives behind.',
		act: 'Send the firmware',
	},
};

const deedRefusals: Record<DeedRefusal, string> = {
	'not-your-role': 'Your role may not do this. Ask the office.',
	'lab-only': 'This is for meters on the bench. Switch the lab functions on first.',
	'reason-missing': 'Say why. It is kept with your name.',
	'reason-too-short': 'Say a little more about why.',
	'reason-too-long': 'Say why in fewer words.',
	'needs-network':
		'The office makes the token for this, and it cannot be reached. Fetch it while you have a network; it works without one afterwards.',
};

const clockRefusals: Record<ClockRefusal, string> = {
	'clock-not-readable': 'The meter does not show its clock, so it is not set.',
	'own-time-uncertain':
		'Our own time is not certain. Connect to the network once, so that it can be checked.',
	'already-right': 'The clock is right. Nothing was changed.',
	'step-too-large':
		'The clock is off by more than may be set here. Check zone and date with the office first.',
};

const clockVerdicts: Record<ClockVerdict, string> = {
	set: 'The clock is right now.',
	'still-off': 'The meter has taken it, and its clock is still off.',
	unchanged: 'The clock stands as before.',
	refused: 'The meter does not let its clock be set. Nothing was changed.',
	unknown: 'It is not known whether the clock was set. Read it again.',
};

const relayWishes: Record<RelayWish, string> = {
	disconnect: 'Switch off',
	reconnect: 'Switch on',
};

const relayRefusals: Record<RelayRefusal, string> = {
	'relay-not-readable': 'The meter does not show its relay, so it is not switched.',
	'already-so': 'The relay stands so already.',
	'already-armed': 'The relay is ready already. It closes by a hand at the meter.',
	'mode-bars-it': 'The meter’s control mode does not let its relay be switched from here.',
	'no-credit': 'Without credit the meter does not switch on. Enter a credit token.',
};

const relayExpectations: Record<RelayExpectation, string> = {
	open: 'The supply will be off.',
	closed: 'The supply will be on.',
	armed: 'The supply will be ready, and on by a hand at the meter.',
	unknown: 'The control mode is the maker’s own: what will happen is not known.',
};

const relayVerdicts: Record<RelayVerdict, string> = {
	done: 'Done. The relay stands as wished.',
	'waits-for-hand': 'Ready. Press the button at the meter to switch the supply on.',
	refused: 'The meter refused. Something of its own keeps the relay: credit, tampering or a limit.',
	'no-change': 'The meter said yes, and the relay stands as before. Measure before you go on.',
	unknown: 'It is not known how the relay stands. Measure, then read it again.',
};

const keyPhases: Record<KeyRun['phase'], string> = {
	before: 'Reading the key as it is',
	deliver: 'Entering the set',
	after: 'Reading the key again',
	done: 'Done',
};

const keyRefusals: Record<KeyRunRefusal, string> = {
	'other-meter': 'This is another meter than the set was made for. Nothing was entered.',
	'other-algorithm':
		'The set is for another algorithm than this meter has. Ask the office for the right one.',
	'already-so': 'The meter has this key already. Nothing was entered.',
	'set-not-supported':
		'The meter takes fewer key-change tokens than the set has. Ask the office for a shorter set.',
	'key-type-change': 'The meter may not change from its kind of key to this one.',
};

const setDeliveries: Record<SetDelivery, string> = {
	taken: 'The meter has taken every token of the set.',
	refused: 'The meter has refused a token of the set.',
	unknown: 'Whether the meter has taken the set is not known.',
};

const keyVerdicts: Record<KeyVerdict, string> = {
	'changed-as-wanted':
		'The key has changed as wanted. Tokens made under the old key no longer work.',
	unchanged: 'The key is the one it was. Tokens made under it still work.',
	'other-than-wanted':
		'The meter shows another key than wanted, and another than before. Report it before any token is made.',
	unknown:
		'The meter does not show enough of its key to tell. Enter a credit token under the new key; only that proves it.',
};

const imageRefusals: Record<ImageRefusal, string> = {
	'lab-only': 'This is for meters on the bench. Switch the lab functions on first.',
	empty: 'The file is empty.',
	'too-large': 'The file is larger than any meter’s firmware.',
	'identifier-unusable': 'Give the image a name of 1 to 64 plain letters, digits and signs.',
};

const imagePhases: Record<ImageRun['phase'], string> = {
	status: 'Asking what the meter is in the middle of',
	'block-size': 'Asking how large a block may be',
	enabled: 'Asking whether it takes firmware',
	enable: 'Letting it take firmware',
	initiate: 'Announcing the image',
	place: 'Asking which block comes next',
	blocks: 'Sending blocks',
	missing: 'Asking for missing blocks',
	verify: 'Asking the meter to check it',
	verifying: 'The meter checks it',
	verified: 'Asking what was checked',
	ready: 'Checked, ready to run',
	activate: 'Asking the meter to run it',
	activating: 'The meter restarts with it',
	done: 'Running',
	stopped: 'Stopped',
};

const imageStops: Record<ImageStop, string> = {
	'not-in-this-meter': 'This meter takes no firmware this way.',
	'not-readable': 'The meter does not let its image transfer be read with these rights.',
	'block-size-unusable': 'The meter asks for blocks of a size that cannot be.',
	'block-too-long': 'A block is longer than the meter takes in one request.',
	'enable-refused': 'The meter does not let firmware be sent with these rights.',
	'initiate-refused': 'The meter does not take an image of this size or name.',
	'block-refused': 'The meter refused a block. Start again from the announcement.',
	'blocks-lost': 'The meter loses blocks again and again. Check the probe, then start again.',
	'verification-refused': 'The meter does not check the image.',
	'verification-failed': 'The meter checked the image and refuses it. Its old firmware runs on.',
	'other-image': 'What the meter checked is not this image. Nothing was activated.',
	'activation-refused': 'The meter does not run the image. Its old firmware runs on.',
	'activation-failed': 'The meter could not start the image. Read its firmware to see what runs.',
	'activation-unknown':
		'The meter was told to run it and no longer says what came of it. Read its firmware to see.',
	'no-end': 'The meter has not come to an end in ten minutes. Ask it again later.',
	'no-answer': 'The meter has not answered. It keeps the blocks it has; go on where it stopped.',
	'other-meter': 'This is another meter than the one the image was being sent to.',
};

export const engineering = {
	title: 'Engineering',
	reason: {
		field: 'Why',
		hint: 'It is kept with your name and the meter’s answer.',
	},
	deeds,
	deedRefusals,
	clock: { refusals: clockRefusals, verdicts: clockVerdicts },
	relay: {
		wishes: relayWishes,
		refusals: relayRefusals,
		expectations: relayExpectations,
		verdicts: relayVerdicts,
	},
	key: {
		phases: keyPhases,
		refusals: keyRefusals,
		deliveries: setDeliveries,
		verdicts: keyVerdicts,
		before: 'Before',
		after: 'After',
	},
	image: {
		lab: 'Lab function',
		file: 'Image file',
		name: 'Name for the meter',
		digest: 'SHA-256',
		digestHint: 'Compare it with the one the maker gives.',
		progress: (done: string, of: string) => `Block ${done} of ${of}`,
		stop: 'Stop',
		goOn: 'Go on',
		activate: 'Run it',
		activateMeaning: 'The meter restarts. Keep the probe in place until it answers again.',
		phases: imagePhases,
		refusals: imageRefusals,
		stops: imageStops,
	},
};
