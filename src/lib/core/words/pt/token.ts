/** In Portuguese: see `en/token.ts`. */
import type { Words } from '../catalogue.ts';

export const token: Words['token'] = {
	spoken: 'Recarga, cinco grupos de quatro algarismos',
	group: (place, digits) => `Grupo ${place}: ${digits}.`,
	sequence: (place, of) => `Recarga ${place} de ${of}`,
	test: 'TESTE',
	testWhy: 'Uma recarga de teste: nenhum contador real a aceita.',
	forMeter: 'Para o contador',
	copy: 'Copiar',
	copied: 'Copiado',
	notCopied: 'Não foi possível copiar. Mantenha o dedo sobre os algarismos para os marcar.',
	share: 'Partilhar',
	shareText: (digits, meter, energy) =>
		`Recarga ${digits}\npara o contador ${meter}${energy && `, ${energy}`}`,
	readAloud: 'Ler em voz alta',
	stopReading: 'Parar',
	send: 'Enviar ao contador virtual',
	sendAll: (count) => `Enviar as ${count} ao contador virtual`,
	sentTo: (phone) => `Também enviada para ${phone}`,
	sandboxPhone: 'Ver esse telefone (simulação)',
	set: {
		stories: {
			keysThenCredit: {
				title: 'As suas recargas',
				detail: (count, keys) =>
					`Digite as ${count} por esta ordem, sem uma pausa longa. As primeiras ${keys} dão ao contador a nova chave.`,
			},
			keysOnly: {
				title: 'As suas recargas',
				detail: (count) =>
					`Digite as ${count}, uma a seguir à outra, por esta ordem, sem uma pausa longa. Dão ao contador a nova chave e não trazem energia.`,
			},
			several: {
				title: 'As suas recargas',
				detail: (count) => `Digite as ${count}, uma a seguir à outra, por esta ordem.`,
			},
		},
		keyPart: (part, of) => `Nova chave, parte ${part} de ${of}`,
		kinds: {
			credit: 'A energia que comprou',
			fbe: 'Eletricidade básica gratuita',
			'free-issue': 'Energia gratuita',
			engineering: 'Para o técnico',
		},
		next: 'Digitada, à seguinte',
		last: 'Digitada, era a última',
		done: (place) => `${place} digitada`,
		allDone:
			'Estão todas digitadas. Se o contador recusou uma, toque nela acima e compare os algarismos.',
		shareLine: (place, of, digits) => `${place} de ${of}: ${digits}`,
		shareText: (lines, meter, energy) =>
			`Digite todas, por esta ordem:\n${lines}\npara o contador ${meter}${energy && `, ${energy}`}`,
	},
};
