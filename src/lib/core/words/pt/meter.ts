/** In Portuguese: see `en/meter.ts`. */
import type { Words } from '../catalogue.ts';

export const meter: Words['meter'] = {
	title: 'É este o contador certo?',
	titleUnknown: 'Um contador ainda não visto aqui',
	back: 'Outro contador',
	number: 'Número do contador',
	owner: 'Titular',
	noOwner: 'Titular ainda não registado',
	area: 'Zona',
	virtual: 'Contador virtual',
	blocked: 'Bloqueado',
	looking: 'A procurar o contador',
	asOf: (ago) => `Guardado neste aparelho ${ago}`,
	confirmed: 'Confirmado agora mesmo',
	wrong: 'Esse número não pode estar certo',
	notHere: {
		title: 'Sem rede',
		detail:
			'Ainda não conhecemos este contador aqui. Quando a rede voltar, vê de quem é e o que recebe, antes de pagar.',
	},
	silent: {
		title: 'O serviço não responde',
		detail:
			'A sua rede pode estar a funcionar, mas o serviço não. Pode pedir agora e pagar quando ele voltar: nessa altura vê de quem é o contador e o que recebe.',
	},
	helpLine: (number) => `Linha de apoio ${number}`,
	amount: {
		title: 'Quanto?',
		field: 'Valor',
		limits: (minimum, maximum) => `De ${minimum} a ${maximum}`,
		picks: 'Escolha rápida',
		refusals: {
			empty: 'Escreva um valor ou escolha um.',
			'not-a-number': 'Só algarismos, e um ponto ou uma vírgula para os cêntimos.',
			'too-many-decimals': 'Há mais casas decimais do que esta moeda tem.',
			'not-positive': 'O valor tem de ser maior do que zero.',
			'too-large': 'É mais do que se pode tratar.',
		},
	},
	phone: {
		offer: 'Enviar a recarga também para um telefone',
		field: 'Número de telefone',
		hint: 'Com o indicativo do país, por exemplo +258 82 123 4567. Deixe vazio para não enviar nada.',
		sound: (phone) => `A recarga vai também para ${phone}`,
		refusals: {
			empty: '',
			'not-digits': 'Só algarismos, e um mais no início.',
			'no-country': 'Comece com um mais e o indicativo do país, por exemplo +258.',
			'too-short': 'Faltam algarismos.',
			'too-long': 'Há algarismos a mais.',
		},
	},
	pay: {
		online: (amount) => `Pagar ${amount}`,
		offline: (amount) => `Pedir ${amount}, pagar depois`,
		none: 'Pagar',
		offlineNone: 'Pedir agora, pagar depois',
		storing: 'A guardar',
		next: 'A seguir aprova o pagamento.',
		later: 'Agora não paga nada. O pedido espera aqui.',
	},
	underWay: {
		title: 'Tem uma compra em curso',
		detail: (amount, state) =>
			`${amount} para este contador: ${state}. O que comprar aqui vem por cima disso.`,
		look: 'Continuar essa compra',
	},
	notStored: {
		title: 'Não foi possível guardar a compra',
		detail: 'Nada foi enviado e nada foi pago.',
	},
};
