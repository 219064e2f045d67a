import { describe, expect, it } from 'vitest';
import { reminderWay } from '#lib/ui/view/reminder-way.ts';

const handedIn = { dueAtMs: 1, endpoint: 'https://push.example/1' };

describe('the way of a reminder', () => {
	it('is a push once the backend has it, whatever is said since', () => {
		expect(reminderWay({ handedIn }, 'denied', 'offline')).toBe('push');
	});

	it('is a push to come where that is granted and the backend is out of reach', () => {
		expect(reminderWay({ handedIn: null }, 'granted', 'offline')).toBe('waiting');
		expect(reminderWay({ handedIn: null }, 'granted', 'unknown')).toBe('waiting');
	});

	it('is the app itself else, and why is said where the person can change it', () => {
		expect(reminderWay({ handedIn: null }, 'granted', 'online')).toBe('inApp');
		expect(reminderWay({ handedIn: null }, 'default', 'offline')).toBe('inApp');
		expect(reminderWay({ handedIn: null }, 'none', 'offline')).toBe('inApp');
		expect(reminderWay({ handedIn: null }, 'denied', 'offline')).toBe('blocked');
	});
});
