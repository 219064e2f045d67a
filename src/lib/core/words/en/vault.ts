/**
 * What a person is told of the PIN, of what is sealed behind it, and of what the browser keeps. One row per code
 * of `core/field/keeping`.
 */
import type {
	PackRefusal,
	SealedEnd,
	StoreFaultKind,
	UnsealRefusal,
	VaultDamage,
	VaultFaultKind,
} from '#lib/core/field/keeping.ts';
import type { PinRefusal } from '#lib/core/field/pin.ts';

const pinRefusals: Record<PinRefusal, string> = {
	'too-short': 'Too short. Take 6 to 12 digits, or words of at least 10 letters.',
	'too-long': 'Too long. Take 6 to 12 digits, or words of at most 100 letters.',
	'few-characters': 'Too many of the same. Take digits that differ.',
	'in-a-row': 'Digits in a row are tried first. Mix them.',
	repeats: 'One piece over and over is tried first. Mix it.',
	'well-known': 'This one is among those that everybody takes. Take another.',
};

const damages: Record<VaultDamage, string> = {
	'row-damaged':
		'What is stored of your PIN was changed or damaged, so that no PIN opens it. Start anew: the jobs come again from the office, and the journal is still here.',
	'device-keys-missing':
		'The browser has lost this device’s keys, so that no PIN opens what is sealed here. Start anew: the jobs come again from the office, and the journal is still here.',
	'newer-version': 'A newer version of Tokenline has been here. Load the page again.',
};

const unsealRefusals: Record<UnsealRefusal, string> = {
	locked: 'Locked. Enter your PIN.',
	absent: 'This is not on the device any more.',
	expired: 'Its time is over, and it was destroyed. Fetch the jobs again where there is a network.',
	damaged: 'It was changed or damaged on this device and does not open. Fetch the jobs again.',
	'newer-version': 'A newer version of Tokenline sealed it. Load the page again.',
};

const packRefusals: Record<PackRefusal, string> = {
	'too-large': 'What came is larger than any pack of jobs. Nothing was kept. Call the office.',
	'not-ours': 'The pack that came is for another device. Nothing was kept. Sign in again.',
	'not-opened':
		'The pack that came does not open with this device’s key. Nothing was kept. Try again.',
	unreadable: 'The pack that came is of another version. Load the page again, then fetch it.',
	expired:
		'The pack that came is over its time already. Look at this device’s clock, and try again.',
};

const ends: Record<SealedEnd, string> = {
	closed: 'Done with, and destroyed.',
	expired: 'Its time was over; destroyed.',
	'signed-out': 'Destroyed when you signed out.',
	replaced: 'A newer one took its place.',
	'pin-wrong': 'Destroyed after too many wrong PINs.',
};

const storeFaults: Record<StoreFaultKind, string> = {
	'no-space':
		'There is no place left on this device. Nothing was half written. Save the journal as a file and make room.',
	'newer-version': 'A newer version of Tokenline runs in another tab. Load this page again.',
	'not-allowed':
		'The browser keeps nothing for this page. Leave the private window, or allow the page to store data.',
	'other-tab':
		'This was carried on in another tab. Nothing was done twice. Go on there, or load this page again.',
	failed: 'The browser’s storage does not answer. Nothing was half written. Load the page again.',
};

const vaultFaults: Record<VaultFaultKind, string> = {
	'no-web-crypto': 'This page did not come over a secure connection. Open it by its https address.',
	'no-worker':
		'The browser could not check the PIN: too little memory. Close other tabs, then try again.',
};

export const vault = {
	choose: {
		title: 'Choose a PIN for this device',
		lead: 'It opens your jobs where there is no network. Nobody can tell you what it is, the office neither.',
		/** Said before the PIN is chosen. */
		destroys: (attempts: string) =>
			`After ${attempts} wrong attempts in a row the jobs on this device are destroyed. The journal stays.`,
	},
	unlock: {
		title: 'Enter your PIN',
		submit: 'Open',
		looking: 'Looking at the PIN',
		wrong: (left: string) => `That is not the PIN. ${left} attempts left.`,
		wait: (until: string) => `Wait until ${until}, then try again. This attempt was not counted.`,
		lockedMeanwhile: 'Locked again. Enter your PIN.',
		destroyed:
			'The PIN was wrong too often. The jobs on this device are destroyed; the journal is still here. Sign in and choose a new PIN.',
	},
	change: {
		changed: 'The PIN is changed.',
		meanwhile: 'The PIN was changed in another tab. Nothing was changed here.',
	},
	lock: 'Lock',
	pinRefusals,
	damages,
	unsealRefusals,
	packRefusals,
	ends,
	storeFaults,
	vaultFaults,
};
