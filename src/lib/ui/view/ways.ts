/** The ways through the app, as each of its people sees them on every screen. */
import type { IconName } from './icon-paths.ts';

type ConsumerWay = 'topUp' | 'purchases' | 'virtualMeter';
type AgentWay = 'sell' | 'sales' | 'shift' | 'till';
type TechnicianWay = 'atTheMeter' | 'tokens' | 'jobs' | 'tools';
export type OfficeWay = 'approvals' | 'tills' | 'agents' | 'journals';

export interface Way {
	readonly id: ConsumerWay | AgentWay | TechnicianWay | OfficeWay;
	readonly href: string;
	readonly icon: IconName;
	/** First segments below the audience's own path of the screens that belong to it. */
	readonly segments: readonly string[];
}

interface Audience {
	/** The path that all its screens are below; empty for the consumer's. */
	readonly root: string;
	readonly ways: readonly Way[];
	/** Whether its screens use all of a laptop's width. */
	readonly wide: boolean;
	/** Its screens have a strip of their own in the place of the header on a phone and of the connection line. */
	readonly ownStrip: boolean;
}

const CONSUMER: Audience = {
	root: '',
	wide: false,
	ownStrip: false,
	ways: [
		{ id: 'topUp', href: '/', icon: 'top-up', segments: ['', 'meter', 'claim'] },
		{ id: 'purchases', href: '/purchases', icon: 'purchases', segments: ['purchases'] },
		{ id: 'virtualMeter', href: '/virtual-meter', icon: 'meter', segments: ['virtual-meter'] },
	],
};

const wayBelow =
	(root: string) =>
	(id: Way['id'], icon: IconName, segments: readonly string[]): Way => ({
		...{ id, icon, segments },
		href: segments[0] === '' ? root : `${root}/${segments[0]}`,
	});

const technician = wayBelow('/technician');

const TECHNICIAN: Audience = {
	root: '/technician',
	wide: true,
	ownStrip: false,
	ways: [
		technician('atTheMeter', 'probe', ['', 'readings', 'doctor']),
		technician('tokens', 'key', ['tokens']),
		technician('jobs', 'jobs', ['jobs']),
		technician('tools', 'tools', ['tools', 'engineering', 'bench', 'frames']),
	],
};

const AGENT: Audience = {
	root: '/agent',
	wide: true,
	ownStrip: true,
	ways: [
		{ id: 'sell', href: '/agent', icon: 'top-up', segments: [''] },
		{ id: 'sales', href: '/agent/sales', icon: 'purchases', segments: ['sales', 'desk'] },
		{ id: 'shift', href: '/agent/shift', icon: 'shift', segments: ['shift'] },
		{ id: 'till', href: '/agent/device', icon: 'till', segments: ['device'] },
	],
};

const office = wayBelow('/office');

/** Who is signed in is offered only what their roles let them do (`ui/state/offered-ways.svelte.ts`). */
const OFFICE: Audience = {
	root: '/office',
	wide: false,
	ownStrip: false,
	ways: [
		office('approvals', 'check', ['']),
		office('tills', 'phone', ['tills']),
		office('agents', 'payment', ['agents']),
		office('journals', 'jobs', ['journals']),
	],
};

const isBelow = (path: string, root: string): boolean =>
	path === root || path.startsWith(`${root}/`);

/** Whose screens a path belongs to. */
export function audienceOf(path: string): Audience {
	return [AGENT, TECHNICIAN, OFFICE].find(({ root }) => isBelow(path, root)) ?? CONSUMER;
}

/** What is done at the meter with a purchase's tokens. */
const AT_THE_KEYPAD = /^\/purchases\/[^/]+\/(enter|refused)$/;

const isTopUp = (path: string): boolean => path.startsWith('/meter/') && !path.endsWith('/use');

/** Whether a person is at a meter's keypad with this screen, where every line of it counts. */
export const isAtKeypad = (path: string): boolean => AT_THE_KEYPAD.test(path);

/** Whether a path's screen is one step of something that a person should not lose by a slip of the thumb. */
export function isFocused(path: string): boolean {
	return path === '/claim' || isTopUp(path) || isAtKeypad(path);
}

/** The way that a path belongs to, or undefined for a path of none. */
export function currentWay(path: string): Way['id'] | undefined {
	const { root, ways } = audienceOf(path);
	const segment = path.slice(root.length).split('/')[1] ?? '';
	return ways.find(({ segments }) => segments.includes(segment))?.id;
}
