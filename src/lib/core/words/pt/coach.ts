/** In Portuguese: see `en/coach.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('pt');

export const coach: Words['coach'] = {
	start: 'Digitar passo a passo',
	title: 'Digitar passo a passo',
	back: 'Voltar à recarga',
	group: (place, of) => `Grupo ${place} de ${of}`,
	first: 'Digite estes quatro algarismos no teclado do contador. Depois toque em Seguinte.',
	next: 'Seguinte',
	last: 'Digitado, era o último',
	previous: 'Anterior',
	beginAgain: 'Recomeçar',
	readAloud: 'Ler cada grupo em voz alta',
	stopReading: 'Parar de ler',
	waits: (seconds) => `A maioria dos contadores espera ${seconds} s pelo algarismo seguinte`,
	waitsFromStart: (seconds) =>
		`A maioria dos contadores esquece o que foi digitado depois de ${seconds} ${plural(seconds, { one: 'segundo', other: 'segundos' })} sem um algarismo.`,
	forgotten: {
		title: 'O contador pode ter esquecido os algarismos',
		detail:
			'Veja o visor. Se o que digitou desapareceu, recomece no primeiro grupo. Se ainda lá está, continue.',
		still: 'Ainda lá estão',
	},
	locked: {
		title: (clock) => `Espere ${clock}`,
		detail:
			'Depois de várias recusas, a maioria dos contadores não aceita recargas durante um tempo, cada vez mais longo: 10 segundos no início, 21 minutos no máximo. Até lá, não digite nada.',
		over: 'A espera acabou. Digite a recarga agora.',
		anyway: 'O contador já a aceita',
		waiting: (clock) => `Espere ${clock}`,
	},
	keySet: {
		left: (clock) =>
			`As partes da nova chave vão juntas. A maioria dos contadores espera ${clock} pela parte seguinte.`,
		lateTitle: 'Demasiado tempo entre duas partes',
		late: 'A maioria dos contadores já esqueceu a primeira parte. Recomece por ela: nada se perde com isso.',
		again: 'Começar pela primeira parte',
	},
	older: {
		title: 'Primeiro uma recarga mais antiga?',
		detail: (when) =>
			`Para este contador foi comprada uma recarga antes desta, em ${when}. Ninguém indicou a este telefone que já está digitada. Os contadores querem primeiro a mais antiga.`,
		enter: 'Digitar a mais antiga',
		isIn: 'Já está digitada',
	},
	enter: {
		title: 'Carregue em Entrar no contador. O que diz ele?',
		detail:
			'Entrar é a tecla com ↵ ou #. Muitos contadores aceitam a recarga sozinhos depois do último algarismo.',
		accepted: 'Aceite',
		acceptedHint: 'Ou um novo crédito, um som, “good”, “1st”, “2nd”',
		refused: 'Recusada',
		refusedHint: 'Ou “reject”, “used”, “error”, ou outra coisa',
		nothing: 'Nada',
		nothingHint: 'O visor está apagado ou não mudou',
	},
	taken: (place) => `${place}: aceite, segundo indicou.`,
	done: {
		title: 'Digitada, segundo indicou',
		detail: 'A prova é o visor do contador, não este telefone: veja lá o novo crédito.',
		detailKeys:
			'Segundo indicou, o contador tem a nova chave. As recargas compradas a partir de agora servem nele.',
		back: 'Ver a recarga',
		notIn: 'Afinal não foi aceite',
	},
	refused: 'O contador recusou-a',
	missing: {
		title: 'Não há nenhuma recarga aqui',
		detail: 'Este telefone não tem nenhuma recarga para esta compra.',
	},
};
