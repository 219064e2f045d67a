/** In Portuguese: see `en/use.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('pt');
const days = (count: string): string => `${count} ${plural(count, { one: 'dia', other: 'dias' })}`;

export const use: Words['use'] = {
	link: 'Consumo e dias restantes',
	title: 'Consumo e dias restantes',
	estimate: 'Estimativa',
	left: {
		about: (count) => `Cerca de ${days(count)} de crédito`,
		long: (count) => `Mais de ${days(count)} de crédito`,
		today: 'Menos de um dia de crédito',
		over: 'O crédito já deve ter acabado',
		overDetail: 'Se o contador ainda tem crédito, escreva abaixo o que ele mostra.',
		unknown: 'Ainda não se sabe quanto tempo dura',
		figures: (credit, perDay) => `Cerca de ${credit} no contador, ${perDay} por dia.`,
		fromReading: 'A partir do que o contador mostrava e do que se comprou aqui desde então.',
		fromPurchases: 'A partir do que se comprou neste telefone, como se de cada vez restasse pouco.',
		others: 'O que outros compraram para este contador não se sabe aqui.',
	},
	missing: {
		'nothing-known': 'Nada foi comprado há pouco para este contador neste telefone.',
		'bought-once': 'Uma só compra não diz quanto tempo dura.',
		'too-short': 'É preciso uma semana entre duas compras, ou duas leituras do contador.',
		'no-use': 'Entre as leituras nada foi gasto.',
		'clock-behind': 'A data deste telefone está atrasada. Acerte-a primeiro.',
	},
	reading: {
		title: 'O que mostra o contador?',
		why: 'Torna a estimativa melhor.',
		field: 'Crédito em kWh',
		hint: 'Como no visor, por exemplo 12,4',
		save: 'Guardar',
		last: (credit, ago) => `${credit}, ${ago}`,
		remove: 'Retirar',
		refusals: {
			empty: 'Escreva o que o visor mostra.',
			'not-a-number': 'Só algarismos, e um ponto ou uma vírgula.',
			'too-much': 'Nenhum contador mostra tanto.',
		},
	},
	months: {
		title: 'Comprado por mês',
		table: 'Em tabela',
		month: 'Mês',
	},
	advice: {
		wait: (day, gain) =>
			`A ${day} os escalões mais baratos recomeçam: o mesmo dinheiro compra pelo menos mais ${gain}.`,
		ifItLasts: 'Espere só se o seu crédito durar até lá.',
		buyNow: (day, gain) =>
			`Gasto até ${day}, e depois só no resto do que precisar no mês seguinte, o mesmo dinheiro compra pelo menos mais ${gain} do que todo a partir do dia 1.`,
		known: 'Tanto quanto este telefone sabe.',
	},
	reminder: {
		title: 'Lembrar-me',
		when: (count) => `${days(count)} antes`,
		off: 'Nunca',
		around: (day) => `Por volta de ${day}.`,
		noTime: 'A altura será calculada quando se souber mais.',
		passed: 'Desta vez o momento já passou. O lembrete virá depois da próxima compra.',
		push: 'Chega uma notificação mesmo com a aplicação fechada.',
		waiting: 'O serviço fica a saber quando a rede voltar.',
		inApp: 'Aparece quando abrir a aplicação.',
		blocked: 'O navegador bloqueia as notificações. Aparece quando abrir a aplicação.',
		notStored: 'Este aparelho não tem espaço para o guardar.',
		noteTitle: (name) => `Eletricidade: ${name}`,
		noteBody: (count) => `Crédito para cerca de ${days(count)}, pela estimativa deste telefone.`,
		topUp: 'Recarregar',
		putAway: 'Ocultar',
	},
};
