/** In Portuguese: see `en/messages.ts`. */
import type { Words } from '../catalogue.ts';

export const messages: Words['messages'] = {
	code: (utility, digits) =>
		`${utility}: o seu código é ${digits}. Vale 10 minutos. Não o dê a ninguém.`,
	fetchCode: (utility, drn, digits) =>
		`${utility}: o seu código para ver as compras do contador ${drn} é ${digits}. Vale 10 minutos. Não o dê a ninguém.`,
	token: {
		meter: (drn) => `Contador ${drn}`,
		bought: (energy, amount) => `${energy} por ${amount}`,
		one: (digits) => `Recarga:\n${digits}`,
		order: (count) => `Digite as ${count} recargas, por esta ordem:`,
		place: (place, of, digits, isKeyChange) =>
			`${place} de ${of}${isKeyChange ? ' (nova chave)' : ''}:\n${digits}`,
		receipt: (number) => `Recibo ${number}`,
		test: 'TESTE: nenhum contador real a aceita.',
	},
};
