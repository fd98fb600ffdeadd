import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useParams, useSearchParams } from 'wouter'
import type { CustomAttribute } from '../../../contract/attributes.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { dialogEntry, useCloseDialog } from '../../components/dialog/dialog-entry.ts'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { DetailSplit } from '../../components/page/detail-split.tsx'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { DirectorySwitch } from '../directory/directory-switch.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { AttributeDetail } from './attribute-detail.tsx'
import { NewAttributeDialog } from './new-attribute-dialog.tsx'
import { typeText } from './type-text.ts'

function columns(
  usage: Readonly<Record<string, number>> | undefined,
  isNarrow: boolean,
): readonly Column<CustomAttribute>[] {
  const name: Column<CustomAttribute> = {
    id: 'name',
    label: 'Name',
    ...(isNarrow ? { narrowest: 140 } : { width: 200 }),
    cell: (attribute) =>
      attribute.isBeingRemoved ? (
        <StateBadge meaning="attention" word={`${attribute.name}, being removed`} />
      ) : (
        attribute.name
      ),
  }
  const type: Column<CustomAttribute> = { id: 'type', label: 'Type', width: 170, cell: typeText }
  const urn: Column<CustomAttribute> = {
    id: 'urn',
    label: 'Extension',
    givesWay: 1,
    cell: (attribute) => attribute.urn,
  }
  const used: Column<CustomAttribute> = {
    id: 'used',
    label: 'People with a value',
    width: 150,
    givesWay: 2,
    isNumber: true,
    cell: ({ mappingName }) => {
      const count = usage?.[mappingName]
      return count === undefined ? '…' : numberText(count)
    },
  }
  return isNarrow ? [name, type, used] : [name, type, urn, used]
}

/** The attributes that the admin added to the schema of a directory. */
export function AttributesPage() {
  const { name } = useParams<{ name?: string }>()
  const [search] = useSearchParams()
  const [, navigate] = useLocation()
  const closeDialog = useCloseDialog()
  const engine = useEngine()
  const { directory, to } = useDirectory()
  const query = useQuery(engine.attributes.list.queryOptions({ input: { directory } }))
  const usage = useQuery(
    engine.attributes.usage.queryOptions({ input: { directory }, enabled: (query.data?.length ?? 0) > 0 }),
  )
  const urn = search.get('urn')
  const isNew = name === 'new'
  const open = query.data?.find((each) => each.name === name && (urn === null || each.urn === urn))
  const hrefOf = (attribute: CustomAttribute) => to(`/attributes/${attribute.name}`, { urn: attribute.urn })
  const define = (
    <Button renderRoot={(props) => <Link {...props} href={to('/attributes/new')} state={dialogEntry} />}>
      Define an attribute
    </Button>
  )
  return (
    <>
      <PageHeader
        title="Attributes"
        open={open?.name}
        description="Attributes of your own, beside the standard ones, under the exact name to paste into the identity provider."
        actions={
          <>
            <DirectorySwitch path="/attributes" />
            {query.data?.length === 0 ? undefined : define}
          </>
        }
      />
      <ListFrame fills>
        <DetailSplit
          id="attributes"
          detailTitle={open?.name ?? 'Attribute'}
          detail={
            name === undefined || isNew || !query.data ? undefined : open ? (
              <AttributeDetail
                key={open.mappingName}
                attribute={open}
                directory={directory}
                used={usage.data?.[open.mappingName]}
                onRemoved={() => navigate(to('/attributes'))}
              />
            ) : (
              <Nothing why="empty" title={`There is no attribute “${name}”`}>
                It may have been removed, or be in another directory.
              </Nothing>
            )
          }
          onClose={() => navigate(to('/attributes'))}
          list={
            <QueryView query={query}>
              {(attributes) =>
                attributes.length === 0 ? (
                  <Nothing why="empty" title="No custom attribute yet" action={define}>
                    Users have every standard attribute already. Define one for what is yours alone, such as a badge
                    number; the identity provider can fill it then.
                  </Nothing>
                ) : (
                  <DataTable
                    id="attributes"
                    label="Custom attributes"
                    columns={columns(usage.data, open !== undefined)}
                    rows={attributes}
                    keyOf={(each) => each.mappingName}
                    hrefOf={hrefOf}
                    selectedKey={open?.mappingName}
                    describe={(each) => `${each.name}, ${typeText(each)}`}
                  />
                )
              }
            </QueryView>
          }
        />
      </ListFrame>
      {isNew && (
        <NewAttributeDialog
          directory={directory}
          onClose={() => closeDialog(to('/attributes'))}
          onAdded={(attribute) => navigate(hrefOf(attribute), { replace: true })}
        />
      )}
    </>
  )
}
