import type { Company } from '../companies/company.ts';
import { viaBridge, type Intents } from './bridge.ts';
import { readContentAddress } from './content-address.ts';
import { matrixPath, MatrixError, type HomeserverClient } from './homeserver-client.ts';

/** Pictures that a company chose: its logo and its members'. */
export type CompanyMedia = {
  /** Uploads a picture as the company's ghost; returns its content address (`mxc://…`). */
  readonly upload: (company: Pick<Company, 'userId'>, image: { bytes: Buffer; type: string }) => Promise<string>;
  /** Octets of a picture, at most `limit`; undefined when it is gone, larger, or no content address. */
  readonly read: (company: Pick<Company, 'userId'>, mxc: string, limit: number) => Promise<Buffer | undefined>;
};

/** See `CompanyMedia`. */
export function createCompanyMedia({ homeserver, intents }: { homeserver: HomeserverClient; intents: Intents }): CompanyMedia {
  const upload: CompanyMedia['upload'] = (company, { bytes, type }) =>
    viaBridge(() => intents.of(company.userId).uploadContent(bytes, { type }));

  const read: CompanyMedia['read'] = async ({ userId }, mxc, limit) => {
    const address = readContentAddress(mxc);
    if (address === undefined) return undefined;
    try {
      const path = matrixPath`/_matrix/client/v1/media/download/${address.server}/${address.mediaId}`;
      const response = await homeserver.download({ method: 'GET', path, as: { userId } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return bytes.length > limit ? undefined : bytes;
    } catch (error) {
      if (error instanceof MatrixError && error.status === 404) return undefined;
      throw error;
    }
  };

  return { upload, read };
}
