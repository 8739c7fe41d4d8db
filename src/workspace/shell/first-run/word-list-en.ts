/** Plain English nouns for passphrases: short, concrete, none that could hurt. */
export const words: readonly string[] = `
acorn acre almond amber anchor antler anvil apple apron arch atlas attic autumn badge bagel bakery balcony bamboo
banjo barley barn basil basket beach beacon beak bean beaver bell belt bench berry birch biscuit bison blanket blossom
boat bonnet book boot bottle bough bowl brass bread breeze brick bridge brook broom brush bucket bud buffalo bugle
bulb bunting butter button cabbage cabin cable cactus calf camel camera canal candle canoe canvas canyon cape caravan
carpet carrot cart castle cedar cellar chalk chapel cheese cherry chess chestnut chimney cinema cinnamon circle citrus
clam clay cliff cloak clock cloth cloud clover coast coat cobalt cocoa coffee collar comet comma compass copper coral
cord cork corn cottage cotton cove cradle crane crate crayon creek cricket crow crumb crystal cup cupboard curtain
cushion cypress daisy dawn deck deer delta desert desk dew dial dome donkey door dove dragonfly drawer drum duck dune
dusk eagle earth easel echo elbow elm ember emerald engine envelope evening fabric falcon feather fence fern ferry
festival fiddle field fig finch flag flame flask flax flint flock flour flute foal fog folder forest forge fork
fountain fox frame frost fruit galaxy garden garlic gate gazelle geyser ginger giraffe glacier glass globe glove goat
goose grain granite grape grass gravel grove guitar gull hail hammer hammock hare harbor harp harvest hat hawk hay
hazel heath hedge helmet herb heron hill hinge hive honey hood horizon horn horse hose hut ice igloo ink inlet iris
iron island ivory ivy jacket jade jam jar jasmine jelly jetty jewel jug juniper kayak kernel kettle key kiln
kingfisher kite kitten knot koala lace ladder lagoon lake lamb lamp lantern larch lark lasso lathe laurel lava lawn
leaf leather ledger lemon lens letter lettuce library lichen light lilac lily lime linen lion lizard llama lobby
locket loft log loom lotus lynx lyric magnet magpie mango map maple marble market marsh mask mast meadow medal melody
melon mesa meteor mill mint mirror mist mitten moat mole moon moose morning mosaic moss moth mountain mug mulberry
museum mushroom napkin nectar needle nest nickel night noodle north notebook nut oak oar oasis oat ocean octave olive
onion opal orange orbit orchard orchid organ otter oven owl oyster paddle page paint palace palm panda pantry paper
parade parcel parrot parsley pasture patch path pavilion peach peacock pear pearl pebble pelican pen pencil pepper
petal piano pickle picnic pier pigeon pillow pine pitcher plain planet plank plate plaza plum pocket poem polar pond
pony poplar poppy porch port postcard potato pottery prairie prism puffin pump pumpkin quail quarry quartz quay quill
quilt rabbit raccoon radio radish raft railway rain raisin rake ram ranch raspberry raven reed reef ribbon rice ridge
ring river road robin rocket roof root rope rose rowan ruby rudder rug rye saddle saffron sage sail salad salmon salt
sand sandal sapphire satin saucer scarf school scooter seal season seed shawl sheep shelf shell shore shovel shrub
silk silver sketch skylark slate sleigh slipper snail snow soap sofa soil song soup south spade spark sparrow spice
spider spinach sponge spoon spring spruce squash squirrel stable staircase star station steam stone stork stove straw
stream street sugar summer summit sun swan sweater table tambourine tea temple tent terrace theatre thicket thimble
thistle thread thrush thunder thyme ticket tide tiger tile timber toast tomato torch tortoise towel tower trail train
tram tray treetop trellis trumpet trunk tulip tunnel turnip turtle twig umbrella valley vane vase veil velvet verse
village vine violet violin walnut walrus waltz water wave wax weather weaver west whale wheat wheel whistle willow
wind window winter wolf wood wool wren yacht yard yarn yak year yeast zebra zinc zipper
`
  .trim()
  .split(/\s+/u);
