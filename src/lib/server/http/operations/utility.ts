/** Endpoints of what the office sets for its utility. */
import { UtilitySettings } from '#lib/core/sync/wire-utility.ts';
import { rows } from './row.ts';

export const utilityOperations = rows({
	readUtilitySettings: {
		method: 'GET',
		path: '/api/v1/utilities/current/settings',
		summary: 'What the office has set: who may fetch free electricity by the app.',
		capability: 'utility.read',
		answers: { 200: UtilitySettings },
		refusals: [],
	},
	putUtilitySettings: {
		method: 'PUT',
		path: '/api/v1/utilities/current/settings',
		summary: 'Sets it. What holds already is no deed.',
		capability: 'utility.set',
		body: UtilitySettings,
		answers: { 200: UtilitySettings },
		refusals: [],
	},
});
