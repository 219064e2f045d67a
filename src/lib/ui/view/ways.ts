/** The ways through the app that a consumer sees on every screen. */
import type { IconName } from './icon-paths.ts';

export interface Way {
	readonly id: 'topUp' | 'purchases' | 'virtualMeter';
	readonly href: string;
	readonly icon: IconName;
	/** First path segments of the screens that belong to it. */
	readonly segments: readonly string[];
}

export const WAYS: readonly Way[] = [
	{ id: 'topUp', href: '/', icon: 'top-up', segments: ['', 'meter'] },
	{ id: 'purchases', href: '/purchases', icon: 'purchases', segments: ['purchases'] },
	{ id: 'virtualMeter', href: '/virtual-meter', icon: 'meter', segments: ['virtual-meter'] },
];

/** Whether a path's screen is one step of a purchase that a person should not lose by a slip of the thumb. */
export function isFocused(path: string): boolean {
	return path.startsWith('/meter/');
}

/** The way that a path belongs to, or undefined for a path of none. */
export function currentWay(path: string): Way['id'] | undefined {
	const segment = path.split('/')[1] ?? '';
	return WAYS.find(({ segments }) => segments.includes(segment))?.id;
}
