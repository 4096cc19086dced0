import type { Company } from '../companies/company.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import { route, type Route } from '../http/route.ts';
import type { CompanyId, PersonId } from '../ids.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { changeFieldsRequest, fieldParams, fieldsResponse } from './contact-field-wire.ts';
import type { ContactFields } from './contact-fields.ts';

type Dependencies = {
  readonly database: Database;
  readonly fields: ContactFields;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
};

const PATH = '/api/v1/visitor/fields';

/** Nothing is kept of somebody who has not written yet (R13). */
function personOf({ visitor }: AuthTypes['visitor']): PersonId {
  if (visitor === null)
    throw new ApiError('COM_SMOOPE_CONFLICT', 'Nothing is kept before the first message; send the fields with it.', {
      field: 'body.fields',
    });
  return visitor.personId;
}

/** What visitors change of what they told a company about themselves (R18). */
export function contactFieldRoutes({ database, fields, getCompany }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'put',
        path: PATH,
        summary: 'Gives or changes values of fields that the company asks for.',
        auth: 'visitor',
        body: changeFieldsRequest,
        limit: 'write',
        responses: { 200: { description: 'All that the person gave.', schema: fieldsResponse } },
      },
      async ({ auth, body }) => {
        const company = await getCompany(auth.companyId);
        const given = fields.check(company, body.fields);
        const id = personOf(auth);
        await inTransaction(database, (transaction) => fields.keep(transaction, company, { id, locale: auth.locale }, given));
        return { status: 200, body: { fields: await fields.list(id, company, auth.locale) } };
      },
    ),
    route(
      {
        method: 'delete',
        path: `${PATH}/:key`,
        summary: 'Takes the value of a field away.',
        auth: 'visitor',
        params: fieldParams,
        limit: 'write',
        responses: { 204: { description: 'It is gone.' } },
      },
      async ({ auth, params }) => {
        const removed = auth.visitor !== null && (await fields.remove(auth.visitor.personId, await getCompany(auth.companyId), params.key));
        if (!removed) throw new ApiError('M_NOT_FOUND', 'There is no value of such a field.', { field: 'params.key' });
        return { status: 204 };
      },
    ),
  ];
}
