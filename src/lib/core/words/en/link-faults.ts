/** What each fault of a link means and what to do, for whoever holds the probe. One row per kind. */
import type { LinkFaultKind } from '#lib/core/field/link-fault-kind.ts';

interface LinkFaultWords {
	/** A few words, for a heading. */
	readonly title: string;
	/** What happened, and what it means for the meter. */
	readonly meaning: string;
	/** The next step, with one's hands. */
	readonly action: string;
}

export const linkFaults: Record<LinkFaultKind, LinkFaultWords> = {
	'not-supported': {
		title: 'No way to a meter here',
		meaning: 'This browser cannot open such a port, or the probe is of a kind we cannot drive.',
		action:
			'On a laptop use Chrome or Edge, or Firefox 151 and later; on a phone Chrome for Android. A bridge on another machine works in every browser.',
	},
	'nothing-chosen': {
		title: 'No port chosen',
		meaning: 'The list was closed without choosing a port. Nothing was opened.',
		action:
			'Connect again and choose the probe. If it is not in the list, plug it in and wait a moment: the list grows by itself.',
	},
	'permission-refused': {
		title: 'The port is not allowed',
		meaning: 'The browser, or whoever manages this machine, does not let the page open the port.',
		action:
			'Allow serial and USB ports for this page in the site settings. On a managed machine ask its administrator. On Linux your user may have to join the group dialout.',
	},
	'port-busy': {
		title: 'The port is in use',
		meaning:
			'Another program, or another tab, has the probe open. Two cannot talk to one meter at once.',
		action:
			'Close the other program or tab, then try again. If another tab has it, you can take it over here. On Linux the same is said when your user may not open serial ports.',
	},
	'port-taken': {
		title: 'Another tab took the probe',
		meaning:
			'The connection was moved to another tab. What was under way here has stopped; what the meter made of it is not known here.',
		action: 'Go on in the other tab, or take the probe back in this one.',
	},
	unplugged: {
		title: 'The probe is unplugged',
		meaning:
			'The cable was pulled or has a loose contact. What was asked last may have reached the meter or not.',
		action: 'Plug the probe in again. It is found by itself, and we read back before sending more.',
	},
	'settings-refused': {
		title: 'The probe cannot run at this rate',
		meaning: 'The port does not take this speed, or not seven bits with parity.',
		action: 'Choose another rate. If the meter needs this one, use another probe.',
	},
	'port-failed': {
		title: 'The port failed',
		meaning: 'The port broke off or did not open, and the system does not say why.',
		action:
			'Pull the probe, plug it in again and connect. If that does not help, try another USB socket.',
	},
	'bridge-unreachable': {
		title: 'The bridge does not answer',
		meaning:
			'Nothing answers at this address, the connection to it was lost, or the bridge does not let this page in. What was asked last may have reached the meter or not.',
		action:
			'See whether the bridge runs, and whether its address is right. It prints every page it turns away and how to let it in.',
	},
	'bridge-refused': {
		title: 'The bridge does not lead there',
		meaning: 'The bridge answers, but wants another password or does not know this meter.',
		action:
			'Type the password again that the bridge printed at its start, and choose from its list.',
	},
	'meter-unreachable': {
		title: 'The meter behind the bridge is away',
		meaning: 'The bridge is there, but the meter does not answer it or has hung up.',
		action: 'See whether the meter has power and network. Then connect again.',
	},
};
