/** In Swahili: see `en/messages.ts`. */
import type { Words } from '../catalogue.ts';

export const messages: Words['messages'] = {
	code: (utility, digits) =>
		`${utility}: namba yako ya siri ni ${digits}. Inatumika kwa dakika 10. Usimpe mtu yeyote.`,
	fetchCode: (utility, drn, digits) =>
		`${utility}: namba ya siri ya kuona manunuzi ya mita ${drn} ni ${digits}. Inatumika kwa dakika 10. Usimpe mtu yeyote.`,
	token: {
		meter: (drn) => `Mita ${drn}`,
		bought: (energy, amount) => `${energy} kwa ${amount}`,
		one: (digits) => `Tokeni:\n${digits}`,
		order: (count) => `Ingiza tokeni zote ${count}, kwa mpangilio huu:`,
		place: (place, of, digits, isKeyChange) =>
			`${place} kati ya ${of}${isKeyChange ? ' (ufunguo mpya)' : ''}:\n${digits}`,
		receipt: (number) => `Risiti ${number}`,
		test: 'JARIBIO: hakuna mita halisi inayoikubali.',
	},
};
